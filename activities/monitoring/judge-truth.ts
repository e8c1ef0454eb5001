import type { MonitoringConfig } from '../../domain/config/monitoring.js';
import { durationSeconds } from '../../domain/features/duration.js';
import { countedTruth } from '../../domain/monitoring/counted-truth.js';
import { labelDelay } from '../../domain/monitoring/label-delay.js';
import { type MeasuredTruth, measureTruth, trailingMetrics } from '../../domain/monitoring/measure-truth.js';
import { qualityConditions } from '../../domain/monitoring/quality-conditions.js';
import type { MonitorWindow } from '../../domain/monitoring/window.js';
import type { TruthEvidence } from '../../domain/monitoring/window-evidence.js';
import { judgeConditions } from '../../domain/policy/judge-conditions.js';
import type { TrafficRow } from '../../domain/ports/watches.js';
import type { WatchedVersion } from './reference-of.js';
import { scoresOf } from './window-columns.js';

interface TruthJob {
  readonly version: WatchedVersion;
  readonly watch: MonitoringConfig;
  /** Windows of the same version just before, as many as there are. */
  readonly before: readonly MeasuredTruth[];
  /** Sources that told anything in them. */
  readonly sourcesBefore: readonly string[];
  /** When it is judged. */
  readonly now: string;
}

/** What turned out of one window, and the conditions on it and on those before. */
export function judgeTruth(
  window: MonitorWindow,
  rows: readonly TrafficRow[],
  { version, watch, before, sourcesBefore, now }: TruthJob,
): TruthEvidence {
  const { task, output } = version.config.evaluation;
  const { mostShareOfSource, quarantine, sources: declared, leastRows } = watch.truth;
  const rules = {
    mostShareOfSource,
    quarantineMs: quarantine === 'none' ? 0 : durationSeconds(quarantine) * 1000,
    declared: Object.keys(declared),
  };
  const { labels, delaysMs, sources, leftOut } = countedTruth(rows, rules, { now, sourcesBefore });
  const scores = scoresOf(rows, output);
  const measured = measureTruth(task, { labels, scores, threshold: version.threshold });
  const known = trailingMetrics([measured, ...before]);
  // Over fewer windows it would be another number, and a first week would speak for four.
  const isTrailed = before.length + 1 >= watch.truth.trailing;
  const trailing = isTrailed ? known : Object.fromEntries(Object.keys(known).map((name) => [name, null]));
  const conditions = judgeConditions(
    qualityConditions(watch.conditions, task),
    { ...measured, trailing },
    leastRows,
  );
  const facts = { ...measured, sources, leftOut, delay: labelDelay(delaysMs) };
  return { line: 'truth', window, rows: rows.length, ...facts, trailing, conditions };
}
