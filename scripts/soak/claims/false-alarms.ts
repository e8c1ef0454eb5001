import type { ColumnValues } from '../../../domain/monitoring/column-values.js';
import { evidenceOf, type WindowVerdicts } from '../../../domain/monitoring/evidence-of.js';
import { judgeTogether } from '../../../domain/monitoring/judge-together.js';
import type { ReferenceProfile } from '../../../domain/monitoring/profile/reference-profile.js';
import type { ColumnStream } from './column-stream.js';
import { judged, usual } from './learned-profile.js';

/** Clean windows that one reference was held against. */
export interface CleanWindows {
  readonly rows: number;
  readonly windows: number;
  /** Of them the first so many also with all columns together, which costs as much as fifty single ones. */
  readonly together: number;
}

export interface FalseAlarms {
  readonly windows: number;
  /** Windows with an alarm, after persistence, of anything that was looked at. */
  readonly alarms: number;
  /** Of those the ones of single columns. */
  readonly ofColumns: number;
  /** Windows in which a column by itself failed: what there would be without persistence. */
  readonly unconfirmed: number;
}

/** How many clean windows alarm, each judged with those before it. */
export function falseAlarms(
  profile: ReferenceProfile,
  next: ColumnStream,
  { rows, windows, together }: CleanWindows,
): FalseAlarms {
  const history: WindowVerdicts[] = [];
  const counted = { windows, alarms: 0, ofColumns: 0, unconfirmed: 0 };
  for (let at = 0; at < windows; at += 1) {
    const window = next(rows);
    const columns = verdictsOf(profile, window);
    history.push({ ...columns, ...(at < together ? togetherOf(profile, window) : {}) });
    const inputs = history.slice(-usual.drift.persistence.of);
    const told = evidenceOf({ inputs, truth: [] }, { drift: usual.drift, conditions: {} });
    counted.alarms += Number(told.moved.length + told.together.length > 0);
    counted.ofColumns += Number(told.moved.length > 0);
    counted.unconfirmed += Number(Object.values(columns).includes('fail'));
  }
  return counted;
}

function verdictsOf(profile: ReferenceProfile, window: Record<string, ColumnValues>): WindowVerdicts {
  return Object.fromEntries(
    judged(profile, window).map(({ column, verdict }) => [`column:${column}`, verdict]),
  );
}

function togetherOf(profile: ReferenceProfile, window: Record<string, ColumnValues>): WindowVerdicts {
  const answers = { scores: new Float64Array(), threshold: 0.5 };
  const how = { detectors: usual.detectors, hasSkew: false, isFirst: false, answers };
  const { multivariate, outliers } = judgeTogether(profile, window, how);
  return {
    multivariate: multivariate?.verdict ?? 'inconclusive',
    outliers: outliers?.verdict ?? 'inconclusive',
  };
}
