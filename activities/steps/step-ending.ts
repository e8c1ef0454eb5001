import { Context, cancellationSignal } from '@temporalio/activity';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { StepStatus } from '../../domain/names.js';
import { failureFor } from './failure-for.js';

export function isRefused(error: unknown): error is RatchetError {
  return error instanceof RatchetError && error.entry.kind === 'refused';
}

/** How an attempt that threw is shown: over, or waiting for the next one. */
export function stepEnding(error: unknown, attempt: number): { status: StepStatus; reason: string } {
  if (error instanceof CancelledFailure) {
    const { cancellationDetails } = Context.current();
    if (cancellationSignal().aborted && cancellationDetails?.cancelRequested) {
      return { status: 'cancelled', reason: 'cancelled' };
    }
    return { status: 'waiting', reason: `attempt ${attempt} was interrupted: ${error.message}` };
  }
  const failure = failureFor(error, attempt);
  const isOurs = failure instanceof ApplicationFailure;
  const reason = isOurs ? `${failure.type ?? 'INTERNAL'}: ${failure.message}` : failure.message;
  if (isOurs && !failure.nonRetryable) {
    return { status: 'waiting', reason: `attempt ${attempt} failed, tried again: ${reason}` };
  }
  return { status: isRefused(error) ? 'refused' : 'failed', reason };
}
