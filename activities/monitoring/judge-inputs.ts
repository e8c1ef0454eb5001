import type { MonitoringConfig } from '../../domain/config/monitoring.js';
import { judgeColumns } from '../../domain/monitoring/judge-columns.js';
import type { ReferenceProfile } from '../../domain/monitoring/profile/reference-profile.js';
import { scoreShares } from '../../domain/monitoring/score-shares.js';
import { checkWindow } from '../../domain/monitoring/skew/check-window.js';
import { defaultSkewRule } from '../../domain/monitoring/skew/column-look.js';
import type { MonitorWindow } from '../../domain/monitoring/window.js';
import type { InputsEvidence } from '../../domain/monitoring/window-evidence.js';
import type { TrafficRow } from '../../domain/ports/watches.js';
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
  }: {
    readonly version: WatchedVersion;
    readonly profile: ReferenceProfile;
    readonly watch: MonitoringConfig;
  },
): InputsEvidence {
  const { evaluation, dataset } = version.config;
  const read = inputColumns(rows, profile, evaluation.inputs);
  const rule = { alpha: watch.drift.alpha, ignore: watch.drift.ignore };
  const answers = scoresOf(rows, evaluation.output);
  const scores = { score: { kind: 'numeric', values: answers } } as const;
  const [predictions = null] =
    profile.scores === null ? [] : judgeColumns({ score: profile.scores }, scores, rule);
  return {
    line: 'inputs',
    window,
    rows: rows.length,
    skew: checkWindow(profile.columns, read, { rule: defaultSkewRule, contract: dataset.contract.columns }),
    columns: judgeColumns(profile.columns, valuesOf(read), rule),
    predictions,
    scores: profile.scores?.kind === 'numeric' ? scoreShares(profile.scores.distribution, answers) : null,
  };
}
