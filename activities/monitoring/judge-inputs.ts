import type { MonitoringConfig } from '../../domain/config/monitoring.js';
import { judgeColumns } from '../../domain/monitoring/judge-columns.js';
import { judgeTogether } from '../../domain/monitoring/judge-together.js';
import type { ReferenceProfile } from '../../domain/monitoring/profile/reference-profile.js';
import { scoreShares } from '../../domain/monitoring/score-shares.js';
import { checkRows } from '../../domain/monitoring/skew/check-rows.js';
import { checkWindow } from '../../domain/monitoring/skew/check-window.js';
import { defaultSkewRule } from '../../domain/monitoring/skew/column-look.js';
import { windowRule } from '../../domain/monitoring/watch-rules.js';
import type { MonitorWindow } from '../../domain/monitoring/window.js';
import type { InputsEvidence } from '../../domain/monitoring/window-evidence.js';
import type { JudgedWindow, TrafficRow } from '../../domain/ports/watches.js';
import type { WatchedVersion } from './reference-of.js';
import { inputColumns, scoresOf, valuesOf } from './window-columns.js';

/** Inputs and predictions of one window beside the reference of the version that answered. */
export function judgeInputs(
  window: MonitorWindow,
  rows: readonly TrafficRow[],
  {
    version,
    profile,
    watch,
    before,
  }: {
    readonly version: WatchedVersion;
    readonly profile: ReferenceProfile;
    readonly watch: MonitoringConfig;
    /** The last windows of the same version, newest first. */
    readonly before: readonly JudgedWindow[];
  },
): InputsEvidence {
  const { evaluation, dataset } = version.config;
  const { detectors } = watch;
  const read = inputColumns(rows, profile, evaluation.inputs);
  const rule = { alpha: watch.drift.alpha, ignore: watch.drift.ignore };
  const answers = { scores: scoresOf(rows, evaluation.output), threshold: version.threshold };
  const scores = { score: { kind: 'numeric', values: answers.scores } } as const;
  const [predictions = null] =
    profile.scores === null ? [] : judgeColumns({ score: profile.scores }, scores, rule);
  const columns = valuesOf(read);
  const contract = dataset.contract.columns;
  const skew = [
    ...checkWindow(profile.columns, read, { rule: defaultSkewRule, contract, moved: movedBefore(before) }),
    ...checkRows(profile, rowsOf(rows, columns, { watch, before }), defaultSkewRule),
  ];
  const isFirst = before.every(({ verdicts }) => (verdicts['firstWindow'] ?? 'pass') !== 'pass');
  return {
    line: 'inputs',
    window,
    rows: rows.length,
    skew,
    columns: judgeColumns(profile.columns, columns, rule),
    predictions,
    scores:
      profile.scores?.kind === 'numeric' ? scoreShares(profile.scores.distribution, answers.scores) : null,
    ...judgeTogether(profile, columns, { detectors, hasSkew: skew.length > 0, isFirst, answers }),
  };
}

function movedBefore([last]: readonly JudgedWindow[]): ReadonlySet<string> {
  const failed = Object.entries(last?.verdicts ?? {}).flatMap(([name, verdict]) =>
    name.startsWith('column:') && verdict === 'fail' ? [name.slice('column:'.length)] : [],
  );
  return new Set(failed.filter((name) => last?.verdicts[`skew:unit-change:${name}`] === undefined));
}

const dayMs = 86_400_000;

function rowsOf(
  rows: readonly TrafficRow[],
  columns: ReturnType<typeof valuesOf>,
  { watch, before }: { readonly watch: MonitoringConfig; readonly before: readonly JudgedWindow[] },
) {
  return {
    columns,
    times: Float64Array.from(rows, ({ eventAt }) => Date.parse(eventAt)),
    isWholeDays: windowRule(watch, 'inputs').lengthMs % dayMs === 0,
    before: before.map((window) => window.rows),
  };
}
