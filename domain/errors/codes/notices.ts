import { entries } from '../entry.js';

export const noticeErrors = entries({
  EGRESS_REFUSED: {
    kind: 'user',
    retry: false,
    about: 'a call may not leave the platform for this address',
  },
  EGRESS_FAILED: {
    kind: 'unavailable',
    retry: true,
    about: 'a service outside of the platform does not answer as it should',
  },
  NOTICE_REFUSED: {
    kind: 'user',
    retry: false,
    about: 'a notice cannot be told to its target, and will not be by trying again',
  },
});
