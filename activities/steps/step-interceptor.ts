import { Context } from '@temporalio/activity';
import type { ActivityExecuteInput, ActivityInboundCallsInterceptor, Next } from '@temporalio/worker';
import { type StepOwner, stepNameOf, stepOwnerOf } from '../../domain/lifecycle/step-names.js';
import type { StepLedger } from '../../domain/ports/releases.js';
import { runInStep, type StepAttempt } from './current-step.js';
import { failureFor } from './failure-for.js';
import { withHeartbeats } from './heartbeats.js';
import { patiently } from './patiently.js';
import { refusalsOf } from './refusals-of.js';
import { isRefused, stepEnding } from './step-ending.js';

/** Where the steps of runs and of releases are written. */
export interface StepLedgers {
  readonly runs: StepLedger;
  readonly releases: StepLedger;
}

/**
 * The one place that writes the step rows people see. Around every activity it turns our errors into Temporal's;
 * around those that work for a run or a release it also begins and ends the row of the attempt, and records what a gate refused.
 */
export class StepInterceptor implements ActivityInboundCallsInterceptor {
  readonly #ledgers: Readonly<Record<StepOwner['kind'], StepLedger>>;
  readonly #worker: string;

  constructor({ runs, releases }: StepLedgers, worker: string) {
    this.#ledgers = { run: runs, release: releases };
    this.#worker = worker;
  }

  async execute(
    input: ActivityExecuteInput,
    next: Next<ActivityInboundCallsInterceptor, 'execute'>,
  ): Promise<unknown> {
    const { activityType, attempt, currentAttemptScheduledTimestampMs } = Context.current().info;
    const name = stepNameOf(activityType);
    const owner = stepOwnerOf(input.args[0]);
    try {
      if (name === undefined || owner === undefined) return await next(input);
      const scheduledAt = new Date(currentAttemptScheduledTimestampMs).toISOString();
      const ledger = this.#ledgers[owner.kind];
      const step = await this.#begin(ledger, owner, { name, attempt, scheduledAt });
      return await this.#work(ledger, step, () => next(input));
    } catch (error) {
      throw failureFor(error, attempt);
    }
  }

  async #begin(
    ledger: StepLedger,
    { id: runId, round }: StepOwner,
    at: { readonly name: string; readonly attempt: number; readonly scheduledAt: string },
  ): Promise<StepAttempt> {
    const { name, attempt, scheduledAt } = at;
    const steps = round === 0 ? [] : await ledger.steps(runId);
    const before = steps.find((step) => step.name === name)?.inputs ?? {};
    const fence = await ledger.beginStep({ runId, ...at, worker: this.#worker });
    return { runId, name, attempt, scheduledAt, fence, round, before, inputs: {}, reused: false, note: null };
  }

  async #work(ledger: StepLedger, step: StepAttempt, work: () => Promise<unknown>): Promise<unknown> {
    try {
      const result = await runInStep(ledger, step, work);
      const status = step.reused ? 'reused' : 'succeeded';
      const end = { status, reason: step.note, inputs: step.inputs, result } as const;
      await withHeartbeats((signal) =>
        patiently(signal, () => ledger.endStep(step.runId, step.name, step.fence, end)),
      );
      return result;
    } catch (error) {
      if (isRefused(error)) await ledger.putRefusals(step.runId, refusalsOf(error, step.name));
      await this.#recordFailure(ledger, step, error);
      throw error;
    }
  }

  /** A store that is away must not hide the first error; the row is mended by the next attempt or by closing the run. */
  async #recordFailure(ledger: StepLedger, step: StepAttempt, error: unknown): Promise<void> {
    try {
      const end = { ...stepEnding(error, step.attempt), inputs: step.inputs };
      await ledger.endStep(step.runId, step.name, step.fence, end);
    } catch (second) {
      const { log } = Context.current();
      log.warn('the end of a step could not be recorded', { step: step.name, runId: step.runId, second });
    }
  }
}
