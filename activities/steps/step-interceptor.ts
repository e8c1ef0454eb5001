import { Context } from '@temporalio/activity';
import type { ActivityExecuteInput, ActivityInboundCallsInterceptor, Next } from '@temporalio/worker';
import { isStepInput, type StepInput, stepNameOf } from '../../domain/lifecycle/step-names.js';
import type { RunStore } from '../../domain/ports/runs.js';
import { runInStep, type StepAttempt } from './current-step.js';
import { failureFor } from './failure-for.js';
import { withHeartbeats } from './heartbeats.js';
import { patiently } from './patiently.js';
import { refusalsOf } from './refusals-of.js';
import { isRefused, stepEnding } from './step-ending.js';

/**
 * The one place that writes the step rows people see. Around every activity it turns our errors into Temporal's;
 * around those that work for a run it also begins and ends the row of the attempt, and records what a gate refused.
 */
export class StepInterceptor implements ActivityInboundCallsInterceptor {
  readonly #runs: RunStore;
  readonly #worker: string;

  constructor(runs: RunStore, worker: string) {
    this.#runs = runs;
    this.#worker = worker;
  }

  async execute(
    input: ActivityExecuteInput,
    next: Next<ActivityInboundCallsInterceptor, 'execute'>,
  ): Promise<unknown> {
    const { activityType, attempt, currentAttemptScheduledTimestampMs } = Context.current().info;
    const name = stepNameOf(activityType);
    const given = input.args[0];
    try {
      if (name === undefined || !isStepInput(given)) return await next(input);
      const scheduledAt = new Date(currentAttemptScheduledTimestampMs).toISOString();
      const step = await this.#begin(given, { name, attempt, scheduledAt });
      return await this.#work(step, () => next(input));
    } catch (error) {
      throw failureFor(error, attempt);
    }
  }

  async #begin(
    { runId, round }: StepInput,
    at: { readonly name: string; readonly attempt: number; readonly scheduledAt: string },
  ): Promise<StepAttempt> {
    const { name, attempt, scheduledAt } = at;
    const steps = round === 0 ? [] : await this.#runs.steps(runId);
    const before = steps.find((step) => step.name === name)?.inputs ?? {};
    const fence = await this.#runs.beginStep({ runId, ...at, worker: this.#worker });
    return { runId, name, attempt, scheduledAt, fence, round, before, inputs: {}, reused: false, note: null };
  }

  async #work(step: StepAttempt, work: () => Promise<unknown>): Promise<unknown> {
    try {
      const result = await runInStep(this.#runs, step, work);
      const status = step.reused ? 'reused' : 'succeeded';
      const end = { status, reason: step.note, inputs: step.inputs, result } as const;
      await withHeartbeats((signal) =>
        patiently(signal, () => this.#runs.endStep(step.runId, step.name, step.fence, end)),
      );
      return result;
    } catch (error) {
      if (isRefused(error)) await this.#runs.putRefusals(step.runId, refusalsOf(error, step.name));
      await this.#recordFailure(step, error);
      throw error;
    }
  }

  /** A store that is away must not hide the first error; the row is mended by the next attempt or by closing the run. */
  async #recordFailure(step: StepAttempt, error: unknown): Promise<void> {
    try {
      const end = { ...stepEnding(error, step.attempt), inputs: step.inputs };
      await this.#runs.endStep(step.runId, step.name, step.fence, end);
    } catch (second) {
      const { log } = Context.current();
      log.warn('the end of a step could not be recorded', { step: step.name, runId: step.runId, second });
    }
  }
}
