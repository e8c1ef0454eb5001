import { entries } from '../entry.js';

export const imageErrors = entries({
  IMAGE_INVALID: {
    kind: 'user',
    retry: false,
    about: 'a file or a folder is no image that can be read',
  },
  IMAGE_HOSTILE: {
    kind: 'refused',
    retry: false,
    about: 'the archive of an image is made in a way that is not allowed',
  },
  REPORT_INVALID: {
    kind: 'user',
    retry: false,
    about:
      'a file that was named beside an image cannot be read: a policy, advisories, a report, statements, keys',
  },
});
