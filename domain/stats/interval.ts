/** A two-sided interval, `low <= high`, both finite. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The level of every interval that Ratchet states. */
export const confidenceLevel = 0.95;
