import type { Cause, Resume, RunRecord } from '../ports/runs.js';

type Resumed = Pick<RunRecord, 'causes' | 'round'>;

/** What a run has as a cause more once it is resumed. */
export function causeOfResume({ round }: Resumed, { by, at }: Resume): Cause {
  return { kind: 'manual', by, at, round: round + 1 };
}

/** Whether the run was resumed by exactly this before. */
export function isResumedBy({ causes }: Resumed, { by, at }: Resume): boolean {
  return causes.some((cause) => cause.round !== undefined && cause.by === by && cause.at === at);
}
