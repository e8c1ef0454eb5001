import { missingClass, type ScoreGroups } from './score-groups.js';

/** The threshold with the best F1, and that F1. A row counts as positive when its score reaches the threshold. */
export interface TunedThreshold {
  readonly threshold: number;
  readonly f1: number;
}

/**
 * Finds the threshold with the largest F1 among the scores that occur; of equally good ones the highest, so that the
 * answer does not depend on the order of the rows.
 *
 * @returns undefined when only one class, or no row, is there
 * @example scores .1 .4 .35 .8 of labels 0 0 1 1 give { threshold: 0.35, f1: 0.8 }
 */
export function tuneThreshold(groups: ScoreGroups): TunedThreshold | undefined {
  if (missingClass(groups)) return undefined;
  let best: TunedThreshold = { threshold: groups.scores[0] ?? 0, f1: 0 };
  groups.scores.forEach((threshold, group) => {
    const truePositives = groups.truePositives[group] ?? 0;
    const predicted = truePositives + (groups.falsePositives[group] ?? 0);
    const f1 = (2 * truePositives) / (predicted + groups.positives);
    if (f1 > best.f1) best = { threshold, f1 };
  });
  return best;
}
