import type { LineName, LineStep } from '../../domain/lifecycle/handle-triggers.js';
import type { RunStore } from '../../domain/ports/runs.js';
import { withHeartbeats } from '../steps/heartbeats.js';
import { concludeRun } from './conclude-run.js';
import { type ConfirmDataInput, confirmData } from './confirm-data.js';
import type { TriggerDeps } from './deps.js';
import { settleLine } from './settle-line.js';
import { wakeWaiting } from './wake-waiting.js';
import { wakeLine } from './wake-workflow.js';

/** From events to runs. */
export function createTriggerActivities(deps: TriggerDeps & { readonly runs: RunStore }) {
  return {
    async settleLine(at: LineName): Promise<LineStep> {
      return withHeartbeats(() => settleLine(deps, at));
    },
    async concludeRun(input: { readonly runId: string }): Promise<void> {
      await withHeartbeats(() => concludeRun(deps, input));
    },
    async confirmData(input: ConfirmDataInput): Promise<void> {
      await withHeartbeats(() => confirmData(deps, input));
    },
    async wakeWaiting(): Promise<number> {
      return withHeartbeats(() => wakeWaiting(deps));
    },
    async wakeLines(lines: readonly LineName[]): Promise<void> {
      await withHeartbeats(async () => {
        for (const line of lines) await wakeLine(deps.client, line);
      });
    },
  };
}
export type TriggerActivities = ReturnType<typeof createTriggerActivities>;
