import type { Confusion } from '../domain/metrics/confusion.js';

/** Where a threshold puts a binary model on its curves; undefined where a share has nothing to be a share of. */
export interface OperatingPoint {
  readonly falsePositiveRate: number | undefined;
  readonly truePositiveRate: number | undefined;
  readonly precision: number | undefined;
  /** Share of rows that are positive. */
  readonly positiveRate: number | undefined;
}

/** The shares that a binary confusion matrix stands for. */
export function operatingPointOf({ counts }: Confusion): OperatingPoint {
  const [[trueNegatives = 0, falsePositives = 0] = [], [falseNegatives = 0, truePositives = 0] = []] = counts;
  const positives = falseNegatives + truePositives;
  const negatives = trueNegatives + falsePositives;
  return {
    falsePositiveRate: share(falsePositives, negatives),
    truePositiveRate: share(truePositives, positives),
    precision: share(truePositives, truePositives + falsePositives),
    positiveRate: share(positives, positives + negatives),
  };
}

function share(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : part / whole;
}
