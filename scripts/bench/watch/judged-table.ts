import { monitoringSchema } from '../../../domain/config/monitoring.js';
import type { Columns } from '../../../domain/monitoring/column-values.js';
import type { WindowVerdicts } from '../../../domain/monitoring/evidence-of.js';
import { judgeColumns } from '../../../domain/monitoring/judge-columns.js';
import { judgeTogether } from '../../../domain/monitoring/judge-together.js';
import { learnThreshold } from '../../../domain/monitoring/learned-threshold.js';
import { freezeColumn } from '../../../domain/monitoring/profile/freeze-column.js';
import { makeProfile } from '../../../domain/monitoring/profile/make-profile.js';
import type {
  ColumnProfile,
  ReferenceProfile,
} from '../../../domain/monitoring/profile/reference-profile.js';

const usual = monitoringSchema.parse({});
export const { drift } = usual;
const answers = { scores: new Float64Array(), threshold: 0.5 };
/** Windows of the reference that limits are learned from, where they are. */
const weeks = 10;

/** Columns of a reference as a window needs them, each by itself and with the least limits. */
export function freezeColumns(columns: Columns): Record<string, ColumnProfile> {
  const threshold = learnThreshold([], drift.floor);
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => {
      const frozen = freezeColumn(column);
      return [name, { ...frozen, mostNulls: frozen.look.nulls / frozen.look.rows, threshold }];
    }),
  );
}

/** All of a reference; the last fifth of the rows is what the version was validated on. */
export function profileOf(columns: Columns, hasWindows: boolean): ReferenceProfile {
  const rows = columns['c0']?.values.length ?? 0;
  const windows = Array.from({ length: hasWindows ? weeks : 0 }, (_, week) =>
    Int32Array.from({ length: rows / weeks }, (__, at) => (week * rows) / weeks + at),
  );
  const { detectors } = usual;
  const { floor } = drift;
  return makeProfile({ columns, windows, test: null, floor, detectors, validationFrom: rows * 0.8 });
}

export function judged(profiles: Readonly<Record<string, ColumnProfile>>, window: Columns): WindowVerdicts {
  const told = judgeColumns(profiles, window, { alpha: drift.alpha, ignore: [] });
  return Object.fromEntries(told.map(({ column, verdict }) => [`column:${column}`, verdict]));
}

export function judgedTogether(profile: ReferenceProfile, window: Columns): WindowVerdicts {
  const how = { detectors: usual.detectors, hasSkew: false, isFirst: false, answers };
  const { multivariate, outliers } = judgeTogether(profile, window, how);
  return {
    multivariate: multivariate?.verdict ?? 'inconclusive',
    outliers: outliers?.verdict ?? 'inconclusive',
  };
}
