import { confidenceLevel, type Interval } from '../stats/interval.js';
import { normalQuantile } from '../stats/normal-quantile.js';
import { type MetricValue, measured, undefinedMetric } from './metric-value.js';
import { missingClass, type ScoreGroups } from './score-groups.js';

/** The area under the ROC curve, and the variance of that estimate where it can be had. */
export interface RocAuc {
  /** 0..1: how often a positive row scores above a negative one, ties counting half. */
  readonly auc: number;
  /** Absent with fewer than two rows of either class. */
  readonly variance?: number;
}

/**
 * The area under the ROC curve with DeLong's variance, in one walk over the groups of equal score.
 *
 * Each positive row is placed among the negative ones (the share of them below it) and each negative row among the
 * positive ones; the area is the mean of the placements, its variance the sum of their variances over the counts.
 *
 * @param groups with at least one row of each class
 * Source: DeLong, DeLong and Clarke-Pearson, Biometrics 1988; placements by sorting as in Sun and Xu, IEEE Signal
 * Processing Letters 2014. Cost O(groups).
 * @example scores .1 .4 .35 .8 of labels 0 0 1 1 give an area of 0.75
 */
export function rocAuc(groups: ScoreGroups): RocAuc {
  const { positives, negatives } = groups;
  let auc = 0;
  eachGroup(groups, (own) => {
    auc += (own.positives * own.negativesBelow) / negatives;
  });
  auc /= positives;
  if (positives < 2 || negatives < 2) return { auc };
  let spreadOfPositives = 0;
  let spreadOfNegatives = 0;
  eachGroup(groups, (own) => {
    spreadOfPositives += own.positives * (own.negativesBelow / negatives - auc) ** 2;
    spreadOfNegatives += own.negatives * (own.positivesAbove / positives - auc) ** 2;
  });
  const variance =
    spreadOfPositives / (positives - 1) / positives + spreadOfNegatives / (negatives - 1) / negatives;
  return { auc, variance };
}

interface GroupPlacement {
  readonly positives: number;
  readonly negatives: number;
  /** Negative rows below this group, and half of those in it. */
  readonly negativesBelow: number;
  /** Positive rows above this group, and half of those in it. */
  readonly positivesAbove: number;
}

function eachGroup(groups: ScoreGroups, visit: (group: GroupPlacement) => void): void {
  let truePositives = 0;
  let falsePositives = 0;
  for (let group = 0; group < groups.scores.length; group++) {
    const positives = (groups.truePositives[group] ?? 0) - truePositives;
    const negatives = (groups.falsePositives[group] ?? 0) - falsePositives;
    visit({
      positives,
      negatives,
      negativesBelow: groups.negatives - falsePositives - negatives / 2,
      positivesAbove: truePositives + positives / 2,
    });
    truePositives += positives;
    falsePositives += negatives;
  }
}

/** The area under the ROC curve with its DeLong interval, or why there is none. */
export function rocAucMetric(groups: ScoreGroups): MetricValue {
  const reason = missingClass(groups);
  if (reason) return undefinedMetric(reason);
  const result = rocAuc(groups);
  return measured(result.auc, groups.positives + groups.negatives, delongInterval(result));
}

function delongInterval({ auc, variance }: RocAuc): Interval | undefined {
  // Perfect separation has variance zero, which says nothing about how sure it is.
  if (variance === undefined || (variance === 0 && (auc === 0 || auc === 1))) return undefined;
  const half = normalQuantile((1 + confidenceLevel) / 2) * Math.sqrt(variance);
  return { low: Math.max(0, auc - half), high: Math.min(1, auc + half) };
}
