/** The least probability that is taken at its word: the spacing of doubles at 1, as scikit-learn has it. */
const leastProbability = Number.EPSILON;

/**
 * The log loss of one row in nats: minus the logarithm of the probability that was given to what came true, clipped
 * to [2^-52, 1 - 2^-52] so that one wrong certainty costs 36.04 and not infinity.
 *
 * @param probability of what came true, 0..1
 * @example logLossOf(0.5) // 0.6931
 */
export function logLossOf(probability: number): number {
  return -Math.log(Math.min(1 - leastProbability, Math.max(leastProbability, probability)));
}

/**
 * The entropy of a yes-or-no event in nats: the log loss of somebody who knows the rate and nothing else.
 *
 * @param rate 0..1
 * @returns 0 (certain) to ln 2 (even)
 * @example binaryEntropy(0.5) // 0.6931
 */
export function binaryEntropy(rate: number): number {
  if (rate <= 0 || rate >= 1) return 0;
  return -rate * Math.log(rate) - (1 - rate) * Math.log(1 - rate);
}
