/** How often each actual class was answered with each predicted one. */
export interface Confusion {
  readonly labels: readonly string[];
  /** `counts[actual][predicted]`, both in the order of `labels`. */
  readonly counts: readonly (readonly number[])[];
}

/**
 * Counts pairs of actual and predicted class.
 *
 * @param actual class indices, 0 .. `classes` - 1
 * @param predicted class indices, 0 .. `classes` - 1
 * @example confusionOf([0, 1, 1], [0, 0, 1], 2).counts // [[1, 0], [1, 1]]
 */
export function confusionOf(
  actual: ArrayLike<number>,
  predicted: ArrayLike<number>,
  classes: number,
): Confusion {
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let row = 0; row < actual.length; row++) {
    const answers = counts[actual[row] ?? 0];
    const answer = predicted[row] ?? 0;
    if (answers) answers[answer] = (answers[answer] ?? 0) + 1;
  }
  return { labels: counts.map((_, index) => String(index)), counts };
}

/** The confusion matrix of a binary score at a threshold: a score that reaches it is answered with 1. */
export function confusionAt(label: Float64Array, score: Float64Array, threshold: number): Confusion {
  return confusionOf(
    label,
    Uint8Array.from(score, (value) => (value >= threshold ? 1 : 0)),
    2,
  );
}
