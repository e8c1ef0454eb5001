import { RatchetError } from '../domain/errors/ratchet-error.js';

/** A date, a time to the second or finer, and where on the earth that time is. */
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** When what is asked about happened, in UTC to the millisecond. Error: `REQUEST_INVALID`, naming the place. */
export function readEventTime(value: unknown, place: string): string {
  if (typeof value === 'string' && instant.test(value)) {
    const ms = Date.parse(value);
    if (!Number.isNaN(ms)) return new Date(ms).toISOString();
  }
  throw new RatchetError(
    'REQUEST_INVALID',
    `${place} is no time, allowed are times such as 2026-03-01T10:00:00Z`,
  );
}
