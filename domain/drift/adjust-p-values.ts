/**
 * Benjamini and Hochberg (1995): adjusted p-values, so that rejecting those below alpha keeps the expected share of
 * false alarms among the alarms below alpha.
 *
 * @param pValues 0..1, in any order
 * @returns one a value, in the same order
 */
export function adjustPValues(pValues: readonly number[]): number[] {
  const order = pValues.map((_, at) => at).sort((a, b) => (pValues[b] ?? 0) - (pValues[a] ?? 0));
  const adjusted = new Array<number>(pValues.length).fill(1);
  let least = 1;
  order.forEach((at, place) => {
    const rank = pValues.length - place;
    least = Math.min(least, ((pValues[at] ?? 1) * pValues.length) / rank);
    adjusted[at] = least;
  });
  return adjusted;
}
