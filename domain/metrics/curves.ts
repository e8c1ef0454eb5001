import type { Histogram } from '../stats/histogram.js';
import type { ScoreGroups } from './score-groups.js';

/** One point of a ROC curve. The first has no threshold: nothing reaches it. */
export interface RocPoint {
  readonly falsePositiveRate: number;
  readonly truePositiveRate: number;
  readonly threshold: number | null;
}

/** One point of a precision-recall curve, recall ascending. */
export interface PrecisionRecallPoint {
  readonly recall: number;
  readonly precision: number;
  readonly threshold: number;
}

/** One bin of a calibration curve. */
export interface CalibrationBin {
  readonly meanScore: number;
  readonly positiveRate: number;
  readonly rows: number;
}

/** What is drawn of a split; only what has a meaning for the task and the rows. */
export interface Curves {
  readonly roc?: readonly RocPoint[];
  readonly precisionRecall?: readonly PrecisionRecallPoint[];
  readonly calibration?: readonly CalibrationBin[];
  readonly residuals?: Histogram;
}

/** More points than this no eye can tell apart. */
const mostPoints = 200;

/** The ROC curve from (0, 0) to (1, 1), at most 200 points. @param groups with rows of both classes */
export function rocCurve(groups: ScoreGroups): RocPoint[] {
  const origin = { falsePositiveRate: 0, truePositiveRate: 0, threshold: null };
  const points = evenlyChosen(groups.scores.length, mostPoints - 1).map((group) => ({
    falsePositiveRate: (groups.falsePositives[group] ?? 0) / groups.negatives,
    truePositiveRate: (groups.truePositives[group] ?? 0) / groups.positives,
    threshold: groups.scores[group] ?? 0,
  }));
  return [origin, ...points];
}

/** The precision-recall curve, at most 200 points. @param groups with at least one positive row */
export function precisionRecallCurve(groups: ScoreGroups): PrecisionRecallPoint[] {
  return evenlyChosen(groups.scores.length, mostPoints).map((group) => {
    const truePositives = groups.truePositives[group] ?? 0;
    return {
      recall: truePositives / groups.positives,
      precision: truePositives / (truePositives + (groups.falsePositives[group] ?? 0)),
      threshold: groups.scores[group] ?? 0,
    };
  });
}

/** At most `most` (2 or more) of the indices 0 .. `count` - 1, evenly spaced, the first and the last among them. */
function evenlyChosen(count: number, most: number): number[] {
  const size = Math.min(count, most);
  return Array.from({ length: size }, (_, index) =>
    size === count ? index : Math.round((index * (count - 1)) / (size - 1)),
  );
}
