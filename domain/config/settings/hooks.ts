import { z } from 'zod';
import { optional, setting, wholeShape } from '../setting.js';

const mebibyte = 1024 ** 2;

const masterShape = z
  .string()
  .regex(/^[!-~]{32,512}$/, 'a text of 32 to 512 letters, digits and signs of ASCII, without blanks');

/** Webhooks of Git hosts and other senders. */
export const hooksSettings = {
  secret: optional({
    variable: 'RATCHET_HOOK_SECRET',
    unit: 'secret',
    about:
      'what the secret of each project is made from; unset: no webhook is taken; the embedded stack makes one',
    shape: masterShape,
  }),
  secretBefore: optional({
    variable: 'RATCHET_HOOK_SECRET_BEFORE',
    unit: 'secret',
    about: 'the one before, which counts too until every sender has the secret made from the new one',
    shape: masterShape,
  }),
  maxBytes: setting(String(5 * mebibyte), {
    variable: 'RATCHET_HOOK_MAX_BYTES',
    unit: 'bytes',
    about: 'largest webhook that is read, at most 25 MiB, which is the most that GitHub sends',
    shape: wholeShape(1024, 25 * mebibyte),
  }),
  requestsPerSecond: setting('200', {
    variable: 'RATCHET_HOOK_REQUESTS_PER_SECOND',
    unit: 'requests/s',
    about: 'webhooks of one address in the long run, five seconds of them at once',
    shape: wholeShape(1, 100_000),
  }),
};
