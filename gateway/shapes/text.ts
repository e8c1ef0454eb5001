import { z } from '@hono/zod-openapi';

/** One line of text from outside: what goes into rows, ids and messages has no control characters. */
export function line(maxLength: number) {
  return z
    .string()
    .min(1)
    .max(maxLength)
    .regex(/^\P{Cc}*$/u, 'allowed is one line of text without control characters');
}

/** A version number, or a name that points to one. */
export const versionOrName = z
  .string()
  .regex(/^(\d{1,9}|[a-z][a-z0-9-]{0,62})$/, 'allowed is a version number, a tag or an alias')
  .openapi({ example: '1' });

/** A moment, in any time zone. */
export const moment = z.iso.datetime({
  offset: true,
  error: 'allowed is a time with its zone, such as 2026-12-24T00:00:00Z',
});
