import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import type { ErrorCode } from '../../domain/errors/catalogue.js';
import { messageOf, RatchetError } from '../../domain/errors/ratchet-error.js';

/** What comes back this often is no accident: a defect, or an object that is not only late but lost. */
const accidents = 20;

/** A part that is away comes back sooner or later; these do not by waiting alone. */
const notByWaiting: readonly ErrorCode[] = [
  'INTERNAL',
  'BLOB_MISSING',
  'BLOB_CORRUPT',
  'MODEL_KILLED',
  'ENVIRONMENT_KILLED',
];

/** Longest message, and longest details as JSON, that travel in a history. */
const messageCharacters = 4000;
const detailsCharacters = 16_000;

/** Our error as Temporal's: the code as type, retried only where the catalogue says that a retry may help. */
export function failureFor(error: unknown, attempt: number): Error {
  if (error instanceof CancelledFailure || error instanceof ApplicationFailure) return error;
  const message = messageOf(error).slice(0, messageCharacters);
  if (error instanceof RatchetError) {
    const givenUp = notByWaiting.includes(error.code) && attempt >= accidents;
    return ApplicationFailure.create({
      message,
      type: error.code,
      nonRetryable: !error.entry.retry || givenUp,
      details: [detailsOf(error)],
    });
  }
  return ApplicationFailure.create({
    message,
    type: 'INTERNAL',
    nonRetryable: attempt >= accidents,
    ...(error instanceof Error ? { cause: error } : {}),
  });
}

function detailsOf({ details }: RatchetError): RatchetError['details'] {
  const { length } = JSON.stringify(details);
  return length <= detailsCharacters ? details : { leftOut: `${length} characters of details` };
}
