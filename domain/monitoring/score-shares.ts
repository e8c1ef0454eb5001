import type { EmpiricalDistribution } from '../drift/empirical.js';
import { histogram } from '../stats/histogram.js';
import { quantiles } from '../stats/quantile.js';

/** Scores of a window beside those of its reference, in bins of equal width. Shares are 0..1. */
export interface ScoreShares {
  /** One more than there are bins, ascending. */
  readonly edges: readonly number[];
  readonly window: readonly number[];
  readonly reference: readonly number[];
  /** Of the window. */
  readonly mean: number;
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
}

const bins = 20;

/**
 * How a window's scores lie beside the reference's. Null where either side has none that is a number.
 *
 * @param scores NaN where there was no answer
 */
export function scoreShares(reference: EmpiricalDistribution, scores: Float64Array): ScoreShares | null {
  const given = scores.filter(Number.isFinite);
  if (given.length === 0 || reference.n === 0) return null;
  const [p0 = 0, p10 = 0, p50 = 0, p90 = 0, p100 = 0] = quantiles(given, [0, 0.1, 0.5, 0.9, 1]);
  const low = Math.min(p0, reference.values[0] ?? 0);
  const high = Math.max(p100, reference.values.at(-1) ?? 0);
  const { edges, counts } = histogram(given, low, high > low ? high : low + 1, bins);
  return {
    edges,
    window: counts.map((count) => count / given.length),
    reference: referenceShares(reference, edges),
    mean: given.reduce((sum, score) => sum + score, 0) / given.length,
    ...{ p10, p50, p90 },
  };
}

/** A bin holds its left edge, and the last one both, as those of the window. */
function referenceShares({ values, cumulative, n }: EmpiricalDistribution, edges: readonly number[]) {
  const below = edges.map((edge, at) => {
    const isLast = at === edges.length - 1;
    const beyond = values.findIndex((value) => (isLast ? value > edge : value >= edge));
    return beyond === -1 ? n : (cumulative[beyond - 1] ?? 0);
  });
  return below.slice(1).map((upTo, at) => (upTo - (below[at] ?? 0)) / n);
}
