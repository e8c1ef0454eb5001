import { RatchetError } from '../domain/errors/ratchet-error.js';

const most = 200;

/** How many rows a page has: 1 to 200, by default 50. Error: `REQUEST_INVALID`, which calls the rows `what`. */
export function pageLimit(limit: number | undefined, what: string): number {
  if (limit === undefined) return 50;
  if (Number.isInteger(limit) && limit >= 1 && limit <= most) return limit;
  throw new RatchetError('REQUEST_INVALID', `a page has 1 to ${most} ${what}, ${limit} were asked for`, {
    limit,
  });
}
