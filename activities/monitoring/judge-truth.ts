import type { MonitoringConfig } from '../../domain/config/monitoring.js';
import { labelDelay } from '../../domain/monitoring/label-delay.js';
import { type MeasuredTruth, measureTruth, trailingMetrics } from '../../domain/monitoring/measure-truth.js';
import { judgeOutcomes, type OutcomeEvidence } from '../../domain/monitoring/outcomes.js';
import type { ReferenceProfile } from '../../domain/monitoring/profile/reference-profile.js';
import { sampledColumns } from '../../domain/monitoring/profile/row-sample.js';
import { qualityConditions } from '../../domain/monitoring/quality-conditions.js';
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
  readonly watch: MonitoringConfig;
  /** Windows of the same version just before, as many as there are. */
  readonly before: readonly MeasuredTruth[];
  /** Where the window before left the loss; null for the first of the version. */
  readonly lossBefore: LossState | null;
}

/** What turned out of one window, and the conditions on it and on those before. */
export function judgeTruth(window: MonitorWindow, rows: readonly TrafficRow[], job: TruthJob): TruthEvidence {
  const { version, profile, watch, before } = job;
  const { task, output } = version.config.evaluation;
  const { leastRows } = watch.truth;
  const labels = Float64Array.from(rows, ({ truths }) => labelOf(truths[0]?.truth));
  const scores = scoresOf(rows, output);
  const measured = measureTruth(task, { labels, scores, threshold: version.threshold });
  const known = trailingMetrics([measured, ...before]);
  // Over fewer windows it would be another number, and a first week would speak for four.
  const isTrailed = before.length + 1 >= watch.truth.trailing;
  const trailing = isTrailed ? known : Object.fromEntries(Object.keys(known).map((name) => [name, null]));
  const declared = qualityConditions(watch.conditions, task);
  const conditions = judgeConditions(declared, { ...measured, trailing }, leastRows);
  const delay = labelDelay(rows.flatMap(({ truths }) => truths[0]?.delayMs ?? []));
  const { loss } = profile;
  const concept =
    loss === null ? null : judgeLoss(task, loss, job.lossBefore ?? loss.state, { scores, labels, leastRows });
  return {
    ...{ line: 'truth', window, rows: rows.length, ...measured, delay, trailing, conditions, concept },
    outcomes: outcomesOf(rows, labels, job),
  };
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

/** Of several sources the one that spoke first counts; what is neither a number nor a truth value is no label. */
function labelOf(truth: unknown): number {
  if (typeof truth === 'number') return truth;
  return typeof truth === 'boolean' ? Number(truth) : Number.NaN;
}
