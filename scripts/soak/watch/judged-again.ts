import { answeringVersion } from '../../../activities/monitoring/answering-version.js';
import type { WatchDeps } from '../../../activities/monitoring/deps.js';
import { judgeWindow } from '../../../activities/monitoring/judge-window.js';
import { monitoringSchema } from '../../../domain/config/monitoring.js';
import type { JudgedWindow } from '../../../domain/ports/watches.js';
import { sampleIndices } from '../../../domain/stats/sample-indices.js';
import { seededRandom } from '../../../domain/stats/seeded-random.js';
import { same } from './broken-windows.js';
import type { PlayedSeed } from './violations.js';

/** Of each line: all of them would cost as much again as the days did. */
const mostAgain = 8;

/** Some windows, judged again from the rows that had come by then: their evidence is the same. */
export async function differentAgain(
  deps: WatchDeps,
  { plan, rows, name }: Pick<PlayedSeed, 'plan' | 'rows' | 'name'>,
  windows: readonly JudgedWindow[],
): Promise<string[]> {
  const chosen = sampleIndices(windows.length, mostAgain, seededRandom(plan.seed));
  const watch = await deps.watches.get(name);
  const recordedMs = new Map(rows.map((row) => [row.id, row.recordedMs]));
  const problems: string[] = [];
  for (const at of chosen) {
    const window = windows[at];
    if (window === undefined) continue;
    const { line, from, to, judgedAt } = window;
    const then = { ...deps, now: () => judgedAt, traffic: asOf(deps.traffic, judgedAt, recordedMs) };
    const asked = { ...name, line, window: { from, to }, watch: monitoringSchema.parse(watch?.config) };
    const { version } = await answeringVersion(then, name, { from, to });
    const again = await judgeWindow(then, { ...asked, version }, new AbortController().signal);
    if (!same(again, await deps.blobs.getJson(window.evidence)))
      problems.push(`${line}: ${from} judged again says something else`);
  }
  return problems;
}

/** What had come by an instant. */
function asOf(
  traffic: WatchDeps['traffic'],
  instant: string,
  recordedMs: ReadonlyMap<string, number>,
): WatchDeps['traffic'] {
  return {
    ...traffic,
    rows: async (...asked) => {
      const rows = await traffic.rows(...asked);
      const there = rows.filter(({ id }) => (recordedMs.get(id) ?? Infinity) <= Date.parse(instant));
      return there.map((row) => ({
        ...row,
        truths: row.truths.filter(({ receivedAt }) => receivedAt <= instant),
      }));
    },
  };
}
