import { isDeepStrictEqual } from 'node:util';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { RunStatus } from '../../../domain/names.js';
import type { StepLedger } from '../../../domain/ports/releases.js';
import type { StepRecord } from '../../../domain/ports/runs.js';
import { isOpen, type MemoryState, now, type StoredStep, storable } from './memory-state.js';

/** What has steps, by its id. `require` throws where there is none. */
export interface MemoryStepOwner extends Pick<MemoryState, 'steps' | 'results'> {
  readonly require: (id: string) => { readonly status: RunStatus };
}

type Steps = Pick<StepLedger, 'steps' | 'beginStep' | 'updateStep' | 'endStep' | 'storedResult' | 'skipStep'>;

const blank = { endedAt: null, ms: null, inputs: {}, reason: null, progress: null, waiting: null } as const;
const keyOf = (runId: string, name: string) => JSON.stringify([runId, name]);

export function createMemorySteps(state: MemoryStepOwner): Steps {
  const put = (runId: string, row: StepRecord, scheduledAt?: string) => {
    const key = keyOf(runId, row.name);
    const before = state.steps.get(key);
    const fence = (before?.fence ?? 0) + 1;
    const earlierMs = before === undefined ? 0 : spentMs(before);
    state.steps.set(key, { runId, fence, earlierMs, scheduledAt, row });
    return fence;
  };
  const held = (runId: string, name: string, fence: number): StoredStep => {
    const step = state.steps.get(keyOf(runId, name));
    if (step?.fence === fence) return step;
    throw leaseLost(name, 'a newer attempt began, or the run is over');
  };
  const change = (step: StoredStep, changes: Partial<StepRecord>) =>
    state.steps.set(keyOf(step.runId, step.row.name), { ...step, row: { ...step.row, ...changes } });
  return {
    steps: async (runId) =>
      [...state.steps.values()].filter((step) => step.runId === runId).map(({ row }) => row),
    async beginStep({ runId, name, attempt, worker, scheduledAt }) {
      const { status } = state.require(runId);
      const holder = state.steps.get(keyOf(runId, name));
      if (!isOpen(status) && status !== 'succeeded') throw leaseLost(name, `the run is ${status}`);
      const isLate = status === 'succeeded' && (holder === undefined || holder.row.attempt >= attempt);
      const isOlder = scheduledAt !== undefined && (holder?.scheduledAt ?? scheduledAt) > scheduledAt;
      if (isLate || isOlder) throw leaseLost(name, 'a later attempt than this one has begun');
      const begun = { status: 'running', attempt, startedAt: now(), worker } as const;
      return put(runId, { name, ...blank, ...begun }, scheduledAt);
    },
    async updateStep(runId, name, fence, { progress, waiting, inputs }) {
      const step = held(runId, name, fence);
      if (step.row.endedAt !== null) throw leaseLost(name, 'this attempt has ended');
      change(step, {
        ...(progress !== undefined && { progress: storable(progress) }),
        ...(waiting !== undefined && { waiting, status: waiting === null ? 'running' : 'waiting' }),
        ...(inputs !== undefined && { inputs }),
      });
    },
    async endStep(runId, name, fence, { status, reason, inputs, result }) {
      const step = held(runId, name, fence);
      if (step.row.endedAt !== null) return;
      const endedAt = isOpen(status) ? null : now();
      const ms = endedAt && step.row.startedAt ? Date.parse(endedAt) - Date.parse(step.row.startedAt) : null;
      const known = inputs ?? step.row.inputs;
      change(step, { status, reason: storable(reason), inputs: known, waiting: null, endedAt, ms });
      if (result === undefined) return;
      state.results.push({ runId, name, inputs: known, json: JSON.stringify(result) });
    },
    async storedResult(runId, name, inputs) {
      const found = state.results.findLast(
        (one) => one.runId === runId && one.name === name && isDeepStrictEqual(one.inputs, inputs),
      );
      return found && { result: JSON.parse(found.json) };
    },
    async skipStep(runId, name, reason) {
      state.require(runId);
      const skipped = { status: 'skipped', attempt: 0, startedAt: null, worker: null } as const;
      put(runId, { name, ...skipped, ...blank, reason: storable(reason) });
    },
  };
}

/** What a step used up to now, all its attempts together. */
export function spentMs({ earlierMs, row }: StoredStep): number {
  if (row.startedAt === null || row.status === 'reused' || row.status === 'skipped') return earlierMs;
  return earlierMs + Math.max(0, Date.parse(row.endedAt ?? now()) - Date.parse(row.startedAt));
}

function leaseLost(step: string, why: string): RatchetError {
  return new RatchetError('LEASE_LOST', `this attempt no longer holds step "${step}": ${why}`, { step });
}

/** The open steps of what has ended end with it, but for those of what succeeded. */
export function endOpenMemorySteps(
  steps: MemoryState['steps'],
  id: string,
  end: Pick<StepRecord, 'reason' | 'endedAt'> & { readonly status: RunStatus },
): void {
  if (end.endedAt === null || end.status === 'succeeded') return;
  for (const [key, step] of steps) {
    if (step.runId !== id || !isOpen(step.row.status)) continue;
    steps.set(key, { ...step, fence: step.fence + 1, row: { ...step.row, ...end, waiting: null } });
  }
}
