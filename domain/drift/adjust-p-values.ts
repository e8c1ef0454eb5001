/** How p-values are adjusted for their number; see {@link adjustPValues}. */
export const adjustments = ['benjamini-hochberg', 'benjamini-yekutieli', 'bonferroni'] as const;
export type Adjustment = (typeof adjustments)[number];

/**
 * p-values adjusted for their number: reject those below alpha.
 *
 * - `benjamini-hochberg` (1995), `p F / rank`: the expected share of false alarms among the alarms stays below alpha,
 *   for independent tests and those that depend in the same direction.
 * - `benjamini-yekutieli` (2001), `p F / rank * sum 1/i`: the same under any dependence, at the price of power.
 * - `bonferroni`, `p F`: the probability of any false alarm stays below alpha.
 *
 * @param pValues 0..1, in any order
 * @returns one a value, in the same order, at most 1; none for none
 * @throws RangeError where one is not within 0..1
 * @example adjustPValues([0.01, 0.04]) // [0.02, 0.04]
 */
export function adjustPValues(
  pValues: readonly number[],
  method: Adjustment = 'benjamini-hochberg',
): number[] {
  const wrong = pValues.find((value) => !(value >= 0 && value <= 1));
  if (wrong !== undefined) throw new RangeError(`a p-value must be within 0..1, came ${wrong}`);
  const tests = pValues.length;
  if (method === 'bonferroni') return pValues.map((value) => Math.min(1, value * tests));
  const factor = method === 'benjamini-yekutieli' ? harmonic(tests) : 1;
  const order = pValues.map((_, at) => at).sort((a, b) => (pValues[b] ?? 0) - (pValues[a] ?? 0));
  const adjusted = new Array<number>(tests).fill(1);
  let least = 1;
  order.forEach((at, place) => {
    const rank = tests - place;
    least = Math.min(least, ((pValues[at] ?? 1) * tests * factor) / rank);
    adjusted[at] = least;
  });
  return adjusted;
}

function harmonic(terms: number): number {
  let sum = 0;
  for (let term = 1; term <= terms; term++) sum += 1 / term;
  return sum;
}
