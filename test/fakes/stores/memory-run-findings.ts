import type { MetricPoint, RunStore } from '../../../domain/ports/runs.js';
import { type MemoryState, requireRun } from './memory-state.js';

type Findings = Pick<RunStore, 'appendMetrics' | 'metrics' | 'putScores' | 'scores'>;

export function createMemoryRunFindings(state: MemoryState): Findings {
  const metrics = new Map<string, Map<string, MetricPoint>>();
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
  };
}

function requireNumber(value: number): void {
  if (!Number.isFinite(value)) throw new TypeError(`${value} is no number`);
}
