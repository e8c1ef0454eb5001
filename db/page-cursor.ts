import { RatchetError } from '../domain/errors/ratchet-error.js';

/**
 * Where a page ended. `order` is the order the pages are in, so that a cursor of one listing is refused by another;
 * `part` says in which of its stretches the page ended, `at` and `id` the last row there.
 */
export interface PageCursor {
  readonly order: string;
  readonly part: 'newest' | 'scored';
  /** Creation as an ISO instant for `newest`, the value for `scored`. */
  readonly at: string | number;
  readonly id: string;
}

export function writeCursor({ order, part, at, id }: PageCursor): string {
  return Buffer.from(JSON.stringify([order, part, at, id])).toString('base64url');
}

/** Error: `REQUEST_INVALID` for anything that `writeCursor` did not make for this order. */
export function readCursor(text: string, order: string): PageCursor {
  const parts = decode(text);
  if (!Array.isArray(parts) || parts.length !== 4) throw badCursor();
  const [givenOrder, part, at, id] = parts as readonly unknown[];
  if (typeof id !== 'string' || id.includes('\0') || givenOrder !== order) throw badCursor();
  if (part === 'scored' && typeof at === 'number' && Number.isFinite(at)) return { order, part, at, id };
  if (part === 'newest' && typeof at === 'string' && isInstant(at)) return { order, part, at, id };
  throw badCursor();
}

function decode(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    throw badCursor();
  }
}

function isInstant(text: string): boolean {
  return !Number.isNaN(Date.parse(text)) && new Date(text).toISOString() === text;
}

function badCursor(): RatchetError {
  return new RatchetError(
    'REQUEST_INVALID',
    'the cursor is not one of this listing; use "next" of the page before, with the same order',
  );
}
