import { monitoringSchema } from '../../../domain/config/monitoring.js';
import type { ColumnValues } from '../../../domain/monitoring/column-values.js';
import { judgeColumns } from '../../../domain/monitoring/judge-columns.js';
import { calibratedWindows } from '../../../domain/monitoring/learned-threshold.js';
import { makeProfile } from '../../../domain/monitoring/profile/make-profile.js';
import type { ReferenceProfile } from '../../../domain/monitoring/profile/reference-profile.js';
import type { ColumnStream } from './column-stream.js';

/** What holds where nobody declares anything. */
export const usual = monitoringSchema.parse({});
const referenceRows = 5000;

/** A reference of 5,000 rows, with the limits that a hundred clean windows beside it teach. */
export function learnedProfile(next: ColumnStream, rows: number): ReferenceProfile {
  const { floor } = usual.drift;
  const plain = makeProfile({ columns: next(referenceRows), windows: [], test: null, floor });
  const limits = new Map(Object.keys(plain.columns).map((name) => [name, floor]));
  for (let at = 0; at < calibratedWindows; at += 1)
    for (const { column, distance } of judged(plain, next(rows)))
      limits.set(column, Math.max(limits.get(column) ?? floor, distance ?? 0));
  const columns = Object.entries(plain.columns).map(([name, profile]) => {
    const threshold = { limit: limits.get(name) ?? floor, windows: calibratedWindows, isCalibrated: true };
    return [name, { ...profile, threshold }] as const;
  });
  return { ...plain, columns: Object.fromEntries(columns), windows: calibratedWindows };
}

export function judged(profile: ReferenceProfile, window: Record<string, ColumnValues>) {
  const { alpha, ignore } = usual.drift;
  return judgeColumns(profile.columns, window, { alpha, ignore });
}
