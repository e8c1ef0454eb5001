import { pairedShares } from './paired-shares.js';
import { emptyShare } from './stability-index.js';

/*
 * Distances between two distributions over the same bins (p of the reference, q of the current sample). All take
 * counts, none negative, and throw RangeError where the bins differ in number or a side counts nothing. A bin that is
 * empty on both sides changes none of them. A constant column has one filled bin, and every distance is 0.
 *
 * Without any shift none of them is 0 on samples: the square of the Jensen-Shannon distance, for one, is about
 * `(B - 1) / 8 * (1/n + 1/m)` nats over B filled bins.
 */

/**
 * Kullback-Leibler divergence `sum p ln(p / q)` in nats, of the reference from the current sample. Where q is empty it
 * counts as `emptyShare`, so that the answer is finite.
 *
 * @returns 0 (equal) up; not symmetric. Source: Kullback and Leibler, Annals of Mathematical Statistics 1951.
 * @example klDivergence([1, 2, 3, 4], [4, 3, 2, 1]) // 0.456435
 */
export function klDivergence(reference: ArrayLike<number>, current: ArrayLike<number>): number {
  const shares = pairedShares(reference, current);
  return sumOver(shares.reference, shares.current, (p, q) =>
    p > 0 ? p * Math.log(p / Math.max(q, emptyShare)) : 0,
  );
}

/**
 * Jensen-Shannon distance `sqrt((KL(p || a) + KL(q || a)) / 2)`, `a = (p + q) / 2`.
 *
 * @param base of the logarithm: 2 gives 0..1, e gives 0..0.8326
 * Source: Endres and Schindelin, IEEE Transactions on Information Theory 2003.
 * @example jensenShannonDistance([1, 2, 3, 4], [4, 3, 2, 1], 2) // 0.391868; base e gives 0.326252
 */
export function jensenShannonDistance(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  base: 2 | 'e',
): number {
  const shares = pairedShares(reference, current);
  const part = (own: number, middle: number) => (own > 0 ? own * Math.log(own / middle) : 0);
  const nats = sumOver(shares.reference, shares.current, (p, q) => {
    const middle = (p + q) / 2;
    return (part(p, middle) + part(q, middle)) / 2;
  });
  return Math.sqrt(Math.max(0, nats) / (base === 2 ? Math.LN2 : 1));
}

/**
 * Hellinger distance `sqrt(sum (sqrt p - sqrt q)^2 / 2)`.
 *
 * @returns 0 (equal) to 1 (apart). Source: Le Cam and Yang, "Asymptotics in Statistics" (2000), chapter 3.
 * @example hellingerDistance([1, 2, 3, 4], [4, 3, 2, 1]) // 0.331816
 */
export function hellingerDistance(reference: ArrayLike<number>, current: ArrayLike<number>): number {
  const shares = pairedShares(reference, current);
  const squares = sumOver(shares.reference, shares.current, (p, q) => (Math.sqrt(p) - Math.sqrt(q)) ** 2);
  return Math.min(1, Math.sqrt(squares / 2));
}

/**
 * Total variation `sum |p - q| / 2`: the share of rows that would have to change their bin.
 *
 * @returns 0 (equal) to 1 (apart)
 * @example totalVariation([1, 2, 3, 4], [4, 3, 2, 1]) // 0.4
 */
export function totalVariation(reference: ArrayLike<number>, current: ArrayLike<number>): number {
  const shares = pairedShares(reference, current);
  return Math.min(1, sumOver(shares.reference, shares.current, (p, q) => Math.abs(p - q)) / 2);
}

/**
 * L-infinity `max |p - q|`: the bin that moved most.
 *
 * @returns 0 (equal) to 1 (apart)
 * @example largestShareGap([1, 2, 3, 4], [4, 3, 2, 1]) // 0.3
 */
export function largestShareGap(reference: ArrayLike<number>, current: ArrayLike<number>): number {
  const shares = pairedShares(reference, current);
  return shares.reference.reduce(
    (most, p, bin) => Math.max(most, Math.abs(p - (shares.current[bin] ?? 0))),
    0,
  );
}

function sumOver(p: Float64Array, q: Float64Array, term: (p: number, q: number) => number): number {
  return p.reduce((sum, share, bin) => sum + term(share, q[bin] ?? 0), 0);
}
