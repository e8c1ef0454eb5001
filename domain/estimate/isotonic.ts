import { sortOrder } from '../stats/sort-order.js';

/** A steadily rising curve from scores to probabilities, linear between its points. JSON-safe. */
export interface IsotonicCurve {
  /** Ascending, distinct. */
  readonly scores: readonly number[];
  /** 0..1, never falling. */
  readonly probabilities: readonly number[];
}

interface Block {
  low: number;
  high: number;
  sum: number;
  rows: number;
}

/**
 * The rising step function with the least squared error to the labels, by pooling adjacent violators. Rows of equal
 * score are one step.
 *
 * @param score finite numbers, at least one
 * @param label 0 or 1, one a score
 * @returns a point at either end of each step; cost O(n log n)
 * @throws RangeError without rows, where the arrays differ in length, or a score or label is not as said
 * Source: Ayer and others, Annals of Mathematical Statistics 1955; Zadrozny and Elkan, KDD 2002.
 * @example scores .1 .2 .3 .4 with labels 0 1 0 1 give 0, .5, .5, 1
 */
export function fitIsotonic(score: Float64Array, label: Float64Array): IsotonicCurve {
  if (score.length === 0 || score.length !== label.length)
    throw new RangeError(`every score needs a label, came ${score.length} and ${label.length}`);
  if (!score.every(Number.isFinite)) throw new RangeError('a score must be finite');
  const wrong = label.find((is) => is !== 0 && is !== 1);
  if (wrong !== undefined) throw new RangeError(`a label must be 0 or 1, came ${wrong}`);
  const blocks: Block[] = [];
  for (const row of sortOrder(score)) {
    const value = score[row] ?? 0;
    const last = blocks.at(-1);
    if (last?.high === value && last.low === value) {
      last.sum += label[row] ?? 0;
      last.rows++;
    } else blocks.push({ low: value, high: value, sum: label[row] ?? 0, rows: 1 });
  }
  const steps: Block[] = [];
  for (const block of blocks) {
    let own = block;
    for (let last = steps.at(-1); last && last.sum * own.rows >= own.sum * last.rows; last = steps.at(-1)) {
      own = { low: last.low, high: own.high, sum: last.sum + own.sum, rows: last.rows + own.rows };
      steps.pop();
    }
    steps.push(own);
  }
  const points = steps.flatMap(({ low, high, sum, rows }) =>
    low === high ? [{ at: low, value: sum / rows }] : [low, high].map((at) => ({ at, value: sum / rows })),
  );
  return { scores: points.map(({ at }) => at), probabilities: points.map(({ value }) => value) };
}

/**
 * The probability of each score; beyond the ends of the curve that of the end.
 *
 * @param score numbers, infinities included; NaN throws RangeError
 */
export function calibrated({ scores, probabilities }: IsotonicCurve, score: Float64Array): Float64Array {
  const [at, value] = [Float64Array.from(scores), Float64Array.from(probabilities)];
  const last = at.length - 1;
  return score.map((asked) => {
    if (Number.isNaN(asked)) throw new RangeError('a score must be a number, came NaN');
    if (asked <= (at[0] ?? 0)) return value[0] ?? 0;
    if (asked >= (at[last] ?? 0)) return value[last] ?? 0;
    let low = 0;
    let high = last;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((at[middle] ?? 0) <= asked) low = middle;
      else high = middle;
    }
    const [from, to] = [at[low] ?? 0, at[high] ?? 0];
    const share = (asked - from) / (to - from);
    return (value[low] ?? 0) + ((value[high] ?? 0) - (value[low] ?? 0)) * share;
  });
}
