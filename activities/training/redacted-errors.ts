import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { Redactor } from './redactor.js';

/** Does the work; what it throws says nothing that is to be hidden. */
export async function withRedactedErrors<T>(redactor: Redactor, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw redacted(error, redactor);
  }
}

/** An error without a secret stays the one that it is. */
function redacted(error: unknown, redactor: Redactor): unknown {
  if (!(error instanceof Error)) return error;
  const message = redactor.text(error.message);
  const details = error instanceof RatchetError ? clean(error.details, redactor) : {};
  if (message === error.message && (!(error instanceof RatchetError) || isEqual(details, error.details))) {
    return error;
  }
  return error instanceof RatchetError
    ? new RatchetError(error.code, message, details as RatchetError['details'])
    : new Error(message);
}

function clean(value: unknown, redactor: Redactor): unknown {
  if (typeof value === 'string') return redactor.text(value);
  if (Array.isArray(value)) return value.map((item) => clean(item, redactor));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [redactor.text(name), clean(item, redactor)]),
  );
}

function isEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
