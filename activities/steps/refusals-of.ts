import type { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { Refusal } from '../../domain/ports/runs.js';

/** What a gate said no to, as rows: those that its error carries, or the error itself. */
export function refusalsOf(error: RatchetError, step: string): readonly Refusal[] {
  const { refusals, limit } = error.details;
  if (Array.isArray(refusals) && refusals.length > 0 && refusals.every(isRefusal)) return refusals;
  const allowed = limit === undefined ? 'as the message says' : String(limit);
  return [{ what: step, rule: error.code, actual: error.message, limit: allowed }];
}

function isRefusal(value: unknown): value is Refusal {
  const fields = ['what', 'rule', 'actual', 'limit'] as const;
  return (
    typeof value === 'object' &&
    value !== null &&
    fields.every((field) => typeof Reflect.get(value, field) === 'string')
  );
}
