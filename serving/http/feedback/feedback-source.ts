import type { IncomingMessage } from 'node:http';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';

const name = 'x-ratchet-feedback-source';

/** Who knows what a request tells without saying who: the name in its header; undefined where it has none. Error: `REQUEST_INVALID`. */
export function sourceOf({ headers }: Pick<IncomingMessage, 'headers'>): string | undefined {
  const value = headers[name];
  if (value === undefined) return undefined;
  if (typeof value === 'string' && value.length > 0 && value.length <= 200) return value;
  throw new RatchetError(
    'REQUEST_INVALID',
    `the header ${name} is no source: allowed is a name of 1 to 200 characters`,
  );
}
