import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  ChildWorkflowFailure,
  isCancellation,
  TemporalFailure,
  TimeoutFailure,
} from '@temporalio/workflow';
import type { RunFailure } from '../domain/lifecycle/run-ending.js';

/**
 * What ended a story early, behind the wrappers that activities and children put around it. A story that was asked to
 * stop is cancelled, whatever its step said in the end. Throws what is no failure of a step: a defect of the story,
 * which waits for code that has none.
 */
export function failureOf(error: unknown): RunFailure {
  if (!(error instanceof TemporalFailure)) throw error;
  const root = unwrap(error);
  return {
    code: root instanceof ApplicationFailure ? (root.type ?? null) : null,
    cancelled: isCancellation(error) || CancellationScope.current().consideredCancelled,
    noCapacity: isNoCapacity(root),
    message: root.message,
  };
}

/** Name of the activity whose end a failure is, of this story or of its child; null where it is none's. */
export function failedActivity(error: unknown): string | null {
  if (error instanceof ActivityFailure) return error.activityType;
  return error instanceof ChildWorkflowFailure ? failedActivity(error.cause) : null;
}

/** A deadline tells less than the failure that it cut short. */
function unwrap(error: Error): Error {
  const wraps = error instanceof ActivityFailure || error instanceof ChildWorkflowFailure;
  const tellsLess = error instanceof TimeoutFailure && !isNoCapacity(error);
  return (wraps || tellsLess) && error.cause instanceof Error ? unwrap(error.cause) : error;
}

function isNoCapacity(error: Error): boolean {
  return error instanceof TimeoutFailure && error.timeoutType === 'SCHEDULE_TO_START';
}
