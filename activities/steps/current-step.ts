import { AsyncLocalStorage } from 'node:async_hooks';
import { log } from '@temporalio/activity';
import { messageOf } from '../../domain/errors/ratchet-error.js';
import type { StepLedger } from '../../domain/ports/releases.js';
import type { Waiting } from '../../domain/ports/runs.js';
import { type StepNotes, takeStepNotes } from './step-notes.js';

/** What the result of a step depends on: a digest by part. */
export type StepInputs = Readonly<Record<string, string>>;

/** The attempt of a step that this code runs for. */
export interface StepAttempt {
  /** Of the run, or of the release. */
  readonly runId: string;
  readonly name: string;
  readonly attempt: number;
  /** When Temporal scheduled the attempt. */
  readonly scheduledAt: string;
  /** Fencing number: rows written with an older one are refused. */
  readonly fence: number;
  readonly round: number;
  /** What the step depended on in the round before; empty where it had none, or was not reached. */
  readonly before: StepInputs;
  /** What it depends on, as far as that is known. */
  inputs: StepInputs;
  /** Set when a stored result was used instead of doing the work again. */
  reused: boolean;
  /** What people should know of a step that went well, such as why it was done again. */
  note: string | null;
}

interface Scope {
  readonly ledger: StepLedger;
  readonly attempt: StepAttempt;
  readonly notes: StepNotes;
}

const scope = new AsyncLocalStorage<Scope>();

/** Does the work of an attempt. When this resolves, nothing is written for it any more. */
export async function runInStep<T>(
  ledger: StepLedger,
  attempt: StepAttempt,
  work: () => Promise<T>,
): Promise<T> {
  const { runId, name, fence } = attempt;
  const notes = takeStepNotes((note) =>
    ledger.updateStep(runId, name, fence, note).catch((error: unknown) => {
      log.warn(`progress could not be told: ${messageOf(error)}`, { runId, name });
    }),
  );
  try {
    return await scope.run({ ledger, attempt, notes }, work);
  } finally {
    await notes.end();
  }
}

/** The step that is being worked on. Only inside an activity that has one. */
export function currentStep(): StepAttempt {
  return current().attempt;
}

/**
 * Says in words how far the step is. The work does not wait for it: progress is a courtesy, and a step that lost its
 * lease fails by its own writes.
 */
export function reportProgress(text: string): void {
  current().notes.tell({ progress: text });
}

/** Says what the step waits for, and with null that it waits no longer. */
export function reportWaiting(waiting: Waiting | null): void {
  current().notes.tell({ waiting });
}

/** Says what people should know of the step when it has gone well. */
export function note(text: string): void {
  currentStep().note = text;
}

/**
 * Does the work, unless this run or release already has a result of this step for equal inputs that is still good: then that is
 * the result. `inputs` is stored beside the result, and what of it changed since the round before is said.
 */
export async function unlessDone<T>(
  inputs: StepInputs,
  work: () => Promise<T>,
  stillGood: (result: T) => Promise<boolean> = async () => true,
): Promise<T> {
  const { ledger, attempt, notes } = current();
  attempt.inputs = inputs;
  notes.tell({ inputs });
  const stored = await ledger.storedResult(attempt.runId, attempt.name, inputs);
  if (stored && (await stillGood(stored.result as T))) {
    attempt.reused = attempt.round > 0;
    if (attempt.reused) attempt.note = `nothing it depends on changed: ${Object.keys(inputs).join(', ')}`;
    return stored.result as T;
  }
  const changed = changedParts(attempt.before, inputs);
  if (changed.length > 0) attempt.note = `done again, this changed: ${changed.join(', ')}`;
  return work();
}

function changedParts(before: StepInputs, now: StepInputs): string[] {
  return Object.keys(before).filter((part) => before[part] !== now[part]);
}

function current(): Scope {
  const found = scope.getStore();
  if (!found) throw new Error('there is no current step: this runs outside of an activity that has a step');
  return found;
}
