import type { ColumnValues } from '../column-values.js';
import type { ReferenceProfile } from '../profile/reference-profile.js';
import { findChangedVolume } from './changed-volume.js';
import type { SkewRule } from './column-look.js';
import { findRepeated } from './repeated-rows.js';
import { eventsByHour, findShiftedClock } from './shifted-clock.js';
import type { SkewFinding } from './skew-finding.js';

export interface WindowRows {
  readonly columns: Readonly<Record<string, ColumnValues>>;
  /** When each was asked about, ms since 1970. */
  readonly times: Float64Array;
  /** Whether the window is of whole days: a part of a day lies at other hours than the whole. */
  readonly isWholeDays: boolean;
  /** Rows of the windows before it. */
  readonly before: readonly number[];
}

/** What is wrong with the rows of a window as a whole: that they came twice, at the wrong time, too many or too few. */
export function checkRows(
  { repeated, hours }: Pick<ReferenceProfile, 'repeated' | 'hours'>,
  { columns, times, isWholeDays, before }: WindowRows,
  rule: SkewRule,
): SkewFinding[] {
  return [
    ...findRepeated(repeated, columns, rule),
    ...(hours === null || !isWholeDays ? [] : findShiftedClock(hours, eventsByHour(times))),
    ...findChangedVolume(times.length, before),
  ];
}
