import type { z } from '@hono/zod-openapi';
import type { StepRecord } from '../../domain/ports/runs.js';
import type { stepSchema } from '../shapes/runs.js';
import type { PendingWork } from './pending-work.js';

type Step = z.infer<typeof stepSchema>;

/** Steps by their rows, with what only Temporal knows: work that no worker has taken, and when it is tried again. */
export function shownSteps(rows: readonly StepRecord[], pending: readonly PendingWork[]): Step[] {
  const known = rows.map((row) => withPending(plainStep(row), pending));
  const untold = pending.filter(
    ({ name, waiting, nextTryAt }) =>
      !rows.some((row) => row.name === name) && (waiting !== null || nextTryAt !== null),
  );
  return [...known, ...untold.map((work) => withPending(blankStep(work.name), [work]))];
}

function withPending(step: Step, pending: readonly PendingWork[]): Step {
  const work = pending.find(({ name }) => name === step.name);
  if (work === undefined) return step;
  const attempt = Math.max(step.attempt, work.attempt);
  if (work.waiting === null) return { ...step, attempt, nextTryAt: work.nextTryAt };
  // The row may still tell of an attempt of an earlier round.
  return { ...blankStep(step.name), attempt: work.attempt, waiting: work.waiting, nextTryAt: work.nextTryAt };
}

function plainStep({ worker: _, ...step }: StepRecord): Step {
  return {
    ...step,
    inputs: { ...step.inputs },
    waiting: step.waiting ? { ...step.waiting } : null,
    nextTryAt: null,
  };
}

function blankStep(name: string): Step {
  return {
    name,
    status: 'waiting',
    attempt: 1,
    startedAt: null,
    endedAt: null,
    ms: null,
    inputs: {},
    reason: null,
    progress: null,
    waiting: null,
    nextTryAt: null,
  };
}
