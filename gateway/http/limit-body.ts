import { bodyLimit } from 'hono/body-limit';
import { tooLarge } from './request-refusal.js';

const maxBytes = 1024 * 1024;

/** Ends a body that is longer than any request needs, announced or not, before it is held in memory. */
export const limitBody = bodyLimit({
  maxSize: maxBytes,
  onError: () => {
    throw tooLarge(maxBytes);
  },
});
