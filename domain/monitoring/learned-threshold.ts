/** A limit that the reference's own windows taught. */
export interface LearnedThreshold {
  readonly limit: number;
  /** Windows it was learned from. */
  readonly windows: number;
  /**
   * Whether the share of false alarms is known. With fewer windows the largest of them is too often passed by the next
   * clean one, so such a limit may tell somebody and never starts anything alone.
   */
  readonly isCalibrated: boolean;
}

/** With as many clean windows "the largest seen, twice" is passed by chance seldom enough to be claimed. */
export const calibratedWindows = 100;

/**
 * The largest statistic among clean windows, and not less than `floor`: what is smaller does not matter, however rare.
 *
 * @param statistics one a window of the reference, the same statistic that later windows are judged by
 */
export function learnThreshold(statistics: readonly number[], floor: number): LearnedThreshold {
  const limit = statistics.reduce((largest, value) => Math.max(largest, value), floor);
  return { limit, windows: statistics.length, isCalibrated: statistics.length >= calibratedWindows };
}
