import type { MetricPoint, Refusal, RunStore } from '../../../domain/ports/runs.js';
import { type MemoryState, requireRun } from './memory-state.js';

type Findings = Pick<
  RunStore,
  'appendMetrics' | 'metrics' | 'putScores' | 'scores' | 'putRefusals' | 'refusals' | 'putLog' | 'logs'
>;
type Log = Awaited<ReturnType<RunStore['logs']>>[number];

export function createMemoryRunFindings(
  state: MemoryState,
  refusals: Map<string, readonly Refusal[]>,
): Findings {
  const metrics = new Map<string, Map<string, MetricPoint>>();
  const logs = new Map<string, Map<string, Log>>();
  return {
    async appendMetrics(runId, points) {
      requireRun(state, runId);
      for (const { value } of points) requireNumber(value);
      const own = metrics.get(runId) ?? new Map<string, MetricPoint>();
      for (const point of points) own.set(JSON.stringify([point.name, point.step]), point);
      metrics.set(runId, own);
    },
    metrics: async (runId) =>
      [...(metrics.get(runId)?.values() ?? [])].sort((a, b) =>
        a.name === b.name ? a.step - b.step : a.name < b.name ? -1 : 1,
      ),
    async putScores(runId, scores) {
      requireRun(state, runId);
      for (const value of Object.values(scores)) requireNumber(value);
      state.scores.set(runId, { ...scores });
    },
    scores: async (runId) => state.scores.get(runId) ?? {},
    async putRefusals(runId, rows) {
      requireRun(state, runId);
      refusals.set(runId, rows);
    },
    refusals: async (runId) => refusals.get(runId) ?? [],
    async putLog(runId, step, { uri, sha256, bytes }) {
      requireRun(state, runId);
      const own = logs.get(runId) ?? new Map<string, Log>();
      logs.set(runId, own.set(step, { step, uri, sha256, bytes }));
    },
    logs: async (runId) => [...(logs.get(runId)?.values() ?? [])].sort((a, b) => (a.step < b.step ? -1 : 1)),
  };
}

function requireNumber(value: number): void {
  if (!Number.isFinite(value)) throw new TypeError(`${value} is no number`);
}
