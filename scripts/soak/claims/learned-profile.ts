import { monitoringSchema } from '../../../domain/config/monitoring.js';
import type { Columns } from '../../../domain/monitoring/column-values.js';
import { judgeColumns } from '../../../domain/monitoring/judge-columns.js';
import { calibratedWindows } from '../../../domain/monitoring/learned-threshold.js';
import { judgeOutliers, type OutlierReference } from '../../../domain/monitoring/outliers.js';
import { learnMultivariate } from '../../../domain/monitoring/profile/learn-multivariate.js';
import { makeProfile, type TogetherMethods } from '../../../domain/monitoring/profile/make-profile.js';
import type { ReferenceProfile } from '../../../domain/monitoring/profile/reference-profile.js';
import { sampledColumns } from '../../../domain/monitoring/profile/row-sample.js';
import type { ColumnStream } from './column-stream.js';

/** What holds where nobody declares anything. */
export const usual = monitoringSchema.parse({});
const referenceRows = 5000;

/**
 * A reference of 5,000 rows, with the limits that a hundred clean windows beside it teach: as those of `makeProfile`, whose
 * windows are of the reference itself.
 *
 * @param detectors of all columns together
 */
export function learnedProfile(
  next: ColumnStream,
  rows: number,
  detectors: TogetherMethods = usual.detectors,
): ReferenceProfile {
  const { floor } = usual.drift;
  const plain = makeProfile({ columns: next(referenceRows), windows: [], test: null, floor, detectors });
  const limits = new Map(Object.keys(plain.columns).map((name) => [name, floor]));
  const windows = Array.from({ length: calibratedWindows }, () => {
    const window = next(rows);
    const distances = judged(plain, window).map(({ column, distance }) => ({
      column,
      distance: distance ?? 0,
    }));
    for (const { column, distance } of distances)
      limits.set(column, Math.max(limits.get(column) ?? floor, distance));
    return { window, furthest: Math.max(...distances.map(({ distance }) => distance)) };
  });
  const columns = Object.entries(plain.columns).map(([name, profile]) => {
    const threshold = { limit: limits.get(name) ?? floor, windows: calibratedWindows, isCalibrated: true };
    return [name, { ...profile, threshold }] as const;
  });
  const learned = { ...plain, columns: Object.fromEntries(columns), windows: calibratedWindows };
  const furthestFirst = windows.toSorted((a, b) => b.furthest - a.furthest).map(({ window }) => window);
  return { ...learned, ...togetherOf(plain, furthestFirst) };
}

function togetherOf(plain: ReferenceProfile, windows: readonly Columns[]) {
  const sample = sampledColumns(plain.sample, plain.columns);
  const { outliers, multivariate } = plain;
  const how = { sample, factor: usual.detectors.outlierFactor };
  const shareOf = (of: OutlierReference, window: Columns) =>
    judgeOutliers(of, { ...how, window })?.share ?? 0;
  return {
    multivariate:
      multivariate &&
      learnMultivariate(
        multivariate.method,
        windows.map((window) => () => [sample, window]),
      ),
    outliers: outliers && {
      ...outliers,
      largestShare: Math.max(...windows.map((window) => shareOf(outliers, window))),
    },
  };
}

export function judged(profile: ReferenceProfile, window: Columns) {
  const { alpha, ignore } = usual.drift;
  return judgeColumns(profile.columns, window, { alpha, ignore });
}
