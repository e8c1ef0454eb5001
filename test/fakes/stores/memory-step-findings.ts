import type { StepLedger } from '../../../domain/ports/releases.js';
import type { Refusal } from '../../../domain/ports/runs.js';

type Findings = Pick<StepLedger, 'putRefusals' | 'refusals' | 'putLog' | 'logs'>;
type Log = Awaited<ReturnType<StepLedger['logs']>>[number];

/** `require` throws where there is nothing of the id. */
export function createMemoryStepFindings(
  require: (id: string) => unknown,
  refusals: Map<string, readonly Refusal[]>,
): Findings {
  const logs = new Map<string, Map<string, Log>>();
  return {
    async putRefusals(runId, rows) {
      require(runId);
      refusals.set(runId, rows);
    },
    refusals: async (runId) => refusals.get(runId) ?? [],
    async putLog(runId, step, { uri, sha256, bytes }) {
      require(runId);
      const own = logs.get(runId) ?? new Map<string, Log>();
      logs.set(runId, own.set(step, { step, uri, sha256, bytes }));
    },
    logs: async (runId) => [...(logs.get(runId)?.values() ?? [])].sort((a, b) => (a.step < b.step ? -1 : 1)),
  };
}
