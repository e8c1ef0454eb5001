import { quantileOfSorted } from '../stats/quantile.js';
import type { CalibrationBin } from './curves.js';

/** Bins of the calibration error and the calibration curve. */
export const calibrationBinCount = 10;

/**
 * Cuts rows into bins of equal mass by their score. Edges are the deciles of the scores; a score on an edge belongs
 * to the lower bin, so that rows of one score are never parted (with few distinct scores some bins stay empty).
 * The bins of scikit-learn's `calibration_curve(strategy='quantile')`.
 *
 * @param score finite numbers
 * @returns the bin of each row, 0 .. 9
 */
export function calibrationBins(score: Float64Array): Uint8Array {
  const bins = new Uint8Array(score.length);
  if (score.length === 0) return bins;
  const ascending = Float64Array.from(score).sort();
  const edges = Array.from({ length: calibrationBinCount - 1 }, (_, index) =>
    quantileOfSorted(ascending, (index + 1) / calibrationBinCount),
  );
  return bins.map((_, row) => {
    const value = score[row] ?? 0;
    let bin = 0;
    while (bin < edges.length && (edges[bin] ?? 0) < value) bin++;
    return bin;
  });
}

/**
 * The expected calibration error from the gap of each bin: the mean over rows of how far the mean score of their bin
 * is from the share of positive rows in it.
 *
 * @param gaps for each bin, the sum of (label - score) over its rows
 * @param rows in all bins, at least 1
 * @returns 0..1
 * Source: Naeini, Cooper and Hauskrecht, AAAI 2015, with bins of equal mass.
 */
export function calibrationErrorOf(gaps: ArrayLike<number>, rows: number): number {
  let error = 0;
  for (let bin = 0; bin < gaps.length; bin++) error += Math.abs(gaps[bin] ?? 0) / rows;
  return error;
}

/** The calibration curve: one point for each bin that has rows, scores ascending. */
export function calibrationCurve(label: Float64Array, score: Float64Array): CalibrationBin[] {
  const rows = new Float64Array(calibrationBinCount);
  const labels = new Float64Array(calibrationBinCount);
  const scores = new Float64Array(calibrationBinCount);
  calibrationBins(score).forEach((bin, row) => {
    rows[bin] = (rows[bin] ?? 0) + 1;
    labels[bin] = (labels[bin] ?? 0) + (label[row] ?? 0);
    scores[bin] = (scores[bin] ?? 0) + (score[row] ?? 0);
  });
  return Array.from(rows, (count, bin) => ({
    meanScore: (scores[bin] ?? 0) / count,
    positiveRate: (labels[bin] ?? 0) / count,
    rows: count,
  })).filter((bin) => bin.rows > 0);
}
