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
  IMAGE_REFUSED: {
    kind: 'refused',
    retry: false,
    about: 'the policy does not let an image pass, or cannot tell',
  },
  IMAGE_UNVERIFIED: {
    kind: 'refused',
    retry: false,
    about: 'a signed statement about an image is missing, or does not count',
  },
  REPORT_INVALID: {
    kind: 'user',
    retry: false,
    about:
      'a file that was named beside an image cannot be read: a policy, advisories, a report, statements, keys',
  },
});
