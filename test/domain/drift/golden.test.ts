import { describe, expect, it } from 'vitest';
import { adjustPValues } from '../../../domain/drift/adjust-p-values.js';
import { chiSquareQuantile, chiSquareTest } from '../../../domain/drift/chi-square.js';
import { emptyShare, stabilityIndex } from '../../../domain/drift/stability-index.js';
import { twoSampleKs } from '../../../domain/drift/two-sample-ks.js';

/** Reference figures were computed with scipy 1.17. */
describe('drift statistics agree with scipy', () => {
  const reference = Array.from({ length: 100 }, (_, at) => (at + 1) / 10);

  it('gives the KS distance and its probability with the correction of Stephens', () => {
    const { statistic, pValue } = twoSampleKs(
      reference,
      reference.map((value) => value + 1),
    );
    expect(statistic).toBeCloseTo(0.1, 12);
    expect(pValue).toBeCloseTo(0.67662, 6);
  });

  it('finds no distance between a sample and itself in another order, and the whole one between samples apart', () => {
    expect(twoSampleKs(reference, reference.toReversed())).toEqual({ statistic: 0, pValue: 1 });
    const apart = twoSampleKs(
      reference,
      reference.map((value) => value + 100),
    );
    expect(apart.statistic).toBe(1);
    expect(apart.pValue).toBeLessThan(1e-20);
  });

  it('gives the stability index', () => {
    expect(stabilityIndex([1, 2, 3, 4], [4, 3, 2, 1])).toBeCloseTo(0.91287, 5);
    expect(stabilityIndex([5, 5], [50, 50])).toBe(0);
  });

  it('counts an empty bin as a small share, so that the index is finite', () => {
    const index = stabilityIndex([50, 50, 0], [50, 40, 10]);
    const floored = (0.1 - emptyShare) * Math.log(0.1 / emptyShare);
    expect(index).toBeCloseTo((0.4 - 0.5) * Math.log(0.4 / 0.5) + floored, 10);
  });

  it('refuses to compare bins that are not the same', () => {
    expect(() => stabilityIndex([1, 2], [1, 2, 3])).toThrow('2 and 3');
    expect(() => stabilityIndex([0, 0], [1, 2])).toThrow('0 and 3');
  });

  it('tests homogeneity of a contingency table', () => {
    const test = chiSquareTest([
      [30, 50, 20],
      [20, 45, 35],
    ]);
    expect(test?.statistic).toBeCloseTo(6.354067, 6);
    expect(test?.degrees).toBe(2);
    expect(test?.pValue).toBeCloseTo(0.041709, 6);
    expect(test?.effect).toBeCloseTo(0.178242, 6);
  });

  it('gives quantiles of chi-square', () => {
    expect(chiSquareQuantile(0.975, 4)).toBeCloseTo(11.143287, 6);
    expect(chiSquareQuantile(0.999, 4)).toBeCloseTo(18.466827, 6);
    expect(chiSquareQuantile(0.99, 9)).toBeCloseTo(21.665994, 5);
  });

  it('adjusts p-values for their number', () => {
    const given = [0.216, 0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212];
    const expected = [0.216, 0.01, 0.04, 0.084, 0.084, 0.084, 0.1, 0.105714, 0.216, 0.216];
    adjustPValues(given).forEach((value, at) => {
      expect(value).toBeCloseTo(expected[at] ?? 0, 6);
    });
  });
});
