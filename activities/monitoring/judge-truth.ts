import type { MonitoringConfig } from '../../domain/config/monitoring.js';
import { labelDelay } from '../../domain/monitoring/label-delay.js';
import { type MeasuredTruth, measureTruth, trailingMetrics } from '../../domain/monitoring/measure-truth.js';
import { qualityConditions } from '../../domain/monitoring/quality-conditions.js';
import type { MonitorWindow } from '../../domain/monitoring/window.js';
import type { TruthEvidence } from '../../domain/monitoring/window-evidence.js';
import { judgeConditions } from '../../domain/policy/judge-conditions.js';
import type { TrafficRow } from '../../domain/ports/watches.js';
import type { WatchedVersion } from './reference-of.js';
import { scoresOf } from './window-columns.js';

/** What turned out of one window, and the conditions on it and on those before. */
export function judgeTruth(
  window: MonitorWindow,
  rows: readonly TrafficRow[],
  {
    version,
    watch,
    before,
  }: {
    readonly version: WatchedVersion;
    readonly watch: MonitoringConfig;
    /** Windows of the same version just before, as many as there are. */
    readonly before: readonly MeasuredTruth[];
  },
): TruthEvidence {
  const { task, output } = version.config.evaluation;
  const labels = Float64Array.from(rows, ({ truths }) => labelOf(truths[0]?.truth));
  const measured = measureTruth(task, {
    labels,
    scores: scoresOf(rows, output),
    threshold: version.threshold,
  });
  const known = trailingMetrics([measured, ...before]);
  // Over fewer windows it would be another number, and a first week would speak for four.
  const isTrailed = before.length + 1 >= watch.truth.trailing;
  const trailing = isTrailed ? known : Object.fromEntries(Object.keys(known).map((name) => [name, null]));
  const declared = qualityConditions(watch.conditions, task);
  const conditions = judgeConditions(declared, { ...measured, trailing }, watch.truth.leastRows);
  const delay = labelDelay(rows.flatMap(({ truths }) => truths[0]?.delayMs ?? []));
  return { line: 'truth', window, rows: rows.length, ...measured, delay, trailing, conditions };
}

/** Of several sources the one that spoke first counts; what is neither a number nor a truth value is no label. */
function labelOf(truth: unknown): number {
  if (typeof truth === 'number') return truth;
  return typeof truth === 'boolean' ? Number(truth) : Number.NaN;
}
