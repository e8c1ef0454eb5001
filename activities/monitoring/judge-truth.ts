import type { WatchConfig } from '../../domain/config/watch.js';
import { durationSeconds } from '../../domain/features/duration.js';
import { countedTruth } from '../../domain/monitoring/counted-truth.js';
import { labelDelay } from '../../domain/monitoring/label-delay.js';
import { type MeasuredTruth, measureTruth, trailingMetrics } from '../../domain/monitoring/measure-truth.js';
import { judgeOutcomes, type OutcomeEvidence } from '../../domain/monitoring/outcomes.js';
import type { ReferenceProfile } from '../../domain/monitoring/profile/reference-profile.js';
import { sampledColumns } from '../../domain/monitoring/profile/row-sample.js';
import { qualityConditions } from '../../domain/monitoring/quality-conditions.js';
import { realisedValue } from '../../domain/monitoring/value/realised-value.js';
import { judgeLoss, type LossState } from '../../domain/monitoring/watch-loss.js';
import type { MonitorWindow } from '../../domain/monitoring/window.js';
import type { TruthEvidence } from '../../domain/monitoring/window-evidence.js';
import { judgeConditions } from '../../domain/policy/judge-conditions.js';
import type { TrafficRow } from '../../domain/ports/watches.js';
import type { WatchedVersion } from './reference-of.js';
import { inputColumns, scoresOf, valuesOf } from './window-columns.js';

export interface TruthJob {
  readonly version: WatchedVersion;
  readonly profile: ReferenceProfile;
  readonly watch: WatchConfig;
  /** Windows of the same version just before, as many as there are. */
  readonly before: readonly MeasuredTruth[];
  /** Sources that told anything in them. */
  readonly sourcesBefore: readonly string[];
  /** Where the window before left the loss; null for the first of the version. */
  readonly lossBefore: LossState | null;
  /** When it is judged. */
  readonly now: string;
}

/** What turned out of one window, and the conditions on it and on those before. */
export function judgeTruth(window: MonitorWindow, rows: readonly TrafficRow[], job: TruthJob): TruthEvidence {
  const { version, profile, watch, before, lossBefore } = job;
  const { task, output } = version.config.evaluation;
  const { leastRows } = watch.truth;
  const { labels, delaysMs, ...told } = countedIn(rows, job);
  const scores = scoresOf(rows, output);
  const known = { labels, scores, threshold: version.threshold };
  const measured = measureTruth(task, known);
  const trailing = trailingOf(measured, before, watch.truth.trailing);
  const declared = qualityConditions(watch.conditions, task);
  const { loss } = profile;
  return {
    ...{ line: 'truth', window, rows: rows.length, ...measured, ...told, trailing },
    delay: labelDelay(delaysMs),
    conditions: judgeConditions(declared, { ...measured, trailing }, leastRows),
    concept: loss && judgeLoss(task, loss, lossBefore ?? loss.state, { scores, labels, leastRows }),
    outcomes: outcomesOf(rows, labels, job),
    value: watch.value === undefined ? null : realisedValue(task, watch.value, known),
  };
}

/** What counts of what was told of the rows. */
function countedIn(rows: readonly TrafficRow[], { watch, now, sourcesBefore }: TruthJob) {
  const { mostShareOfSource, quarantine, sources } = watch.truth;
  const quarantineMs = quarantine === 'none' ? 0 : durationSeconds(quarantine) * 1000;
  const rules = { mostShareOfSource, quarantineMs, declared: Object.keys(sources) };
  return countedTruth(rows, rules, { now, sourcesBefore });
}

/** Null, over fewer windows than asked for: it would be another number, and a first week would speak for four. */
function trailingOf(
  measured: MeasuredTruth,
  before: readonly MeasuredTruth[],
  windows: number,
): Record<string, number | null> {
  const known = trailingMetrics([measured, ...before]);
  const isWhole = before.length + 1 >= windows;
  return Object.fromEntries(Object.entries(known).map(([name, mean]) => [name, isWhole ? mean : null]));
}

function outcomesOf(
  rows: readonly TrafficRow[],
  labels: Float64Array,
  { version, profile, watch }: TruthJob,
): OutcomeEvidence | null {
  if (profile.outcomes === null || !watch.detectors.outcomes) return null;
  const columns = valuesOf(inputColumns(rows, profile, version.config.evaluation.inputs));
  const limits = Object.entries(profile.columns).map(([name, { threshold }]) => [name, threshold.limit]);
  const sample = sampledColumns(profile.sample, profile.columns);
  const beside = { sample, limits: Object.fromEntries(limits), leastRows: watch.truth.leastRows };
  return judgeOutcomes(profile.outcomes, beside, { columns, labels });
}
