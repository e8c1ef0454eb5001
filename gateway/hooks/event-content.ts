import { z } from 'zod';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { DeliveryContent } from '../../domain/ports/deliveries.js';
import { RequestRefusal } from '../http/request-refusal.js';
import { line } from '../shapes/text.js';

/** Bytes of a payload as it is stored. */
const mostBytes = 48 * 1024;
const mostDepth = 32;
/** A number with an exponent is stored with all of its digits. */
const digitsOfExponent = 330;

/** What an event is called; a source and an id say which one it is. */
export const eventFields = {
  name: line(200),
  source: z
    .string()
    .regex(/^[!-~]{1,400}$/, 'an address or a name without blanks, of at most 400 characters'),
  id: line(200),
  at: z.iso.datetime({ offset: true, error: 'an instant as ISO-8601, such as 2026-03-01T06:00:00Z' }),
};

type Event = Extract<DeliveryContent, { kind: 'event' }>;

/** An event of somebody's program. Errors: `REQUEST_INVALID`, 413 for a payload that is too large to keep. */
export function eventContent({ at, payload, ...event }: Omit<Event, 'kind'>): Event {
  if (!isAtMost(mostDepth, payload)) {
    throw new RatchetError('REQUEST_INVALID', `the payload is nested deeper than ${mostDepth} levels`);
  }
  const bytes = storedBytes(payload ?? null);
  if (bytes > mostBytes) {
    throw new RequestRefusal(
      413,
      `the payload takes ${bytes} bytes, and at most ${mostBytes} are kept: send where it is, not what it is`,
    );
  }
  return { kind: 'event', ...event, at: new Date(at).toISOString(), payload: payload ?? null };
}

function isAtMost(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((part) => isAtMost(levels - 1, part));
}

/** The database puts a blank behind every comma and colon. */
function storedBytes(payload: unknown): number {
  const text = JSON.stringify(payload, (_key, part: unknown) =>
    typeof part === 'number' && String(part).includes('e') ? '0'.repeat(digitsOfExponent) : part,
  );
  return Buffer.byteLength(text) + (text.match(/[,:]/g)?.length ?? 0);
}
