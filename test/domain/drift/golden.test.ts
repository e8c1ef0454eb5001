import { describe, expect, it } from 'vitest';
import { adjustPValues } from '../../../domain/drift/adjust-p-values.js';
import { chiSquareQuantile, chiSquareTest } from '../../../domain/drift/chi-square.js';
import {
  hellingerDistance,
  jensenShannonDistance,
  klDivergence,
  largestShareGap,
  totalVariation,
} from '../../../domain/drift/distances.js';
import { proportionTest } from '../../../domain/drift/proportion-test.js';
import { leastStabilityRows } from '../../../domain/drift/sample-rules.js';
import { emptyShare, stabilityIndex } from '../../../domain/drift/stability-index.js';
import { twoSampleKs } from '../../../domain/drift/two-sample-ks.js';
import { normedWasserstein, wassersteinDistance } from '../../../domain/drift/wasserstein.js';

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

  it('adjusts p-values for any dependence, and for the chance of a single false alarm', () => {
    const given = [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216];
    const any = adjustPValues(given, 'benjamini-yekutieli');
    const expected = [0.02929, 0.117159, 0.246033, 0.246033, 0.246033, 0.292897, 0.309634, 0.632657];
    expected.forEach((value, at) => {
      expect(any[at]).toBeCloseTo(value, 6);
    });
    expect(adjustPValues([0.01, 0.2, 0.6], 'bonferroni').map((value) => value.toFixed(4))).toEqual([
      '0.0300',
      '0.6000',
      '1.0000',
    ]);
    expect(adjustPValues([])).toEqual([]);
    expect(() => adjustPValues([0.1, Number.NaN])).toThrow('came NaN');
  });

  it('gives the distances between two distributions over the same bins', () => {
    const [p, q] = [
      [1, 2, 3, 4],
      [4, 3, 2, 1],
    ];
    expect(klDivergence(p, q)).toBeCloseTo(0.456435, 6);
    expect(jensenShannonDistance(p, q, 'e')).toBeCloseTo(0.326252, 6);
    expect(jensenShannonDistance(p, q, 2)).toBeCloseTo(0.391868, 6);
    expect(hellingerDistance(p, q)).toBeCloseTo(0.331816, 6);
    expect(totalVariation(p, q)).toBeCloseTo(0.4, 12);
    expect(largestShareGap(p, q)).toBeCloseTo(0.3, 12);
  });

  it('gives whole distances between distributions apart, none between constants, and finite ones for empty bins', () => {
    const apart = [[1, 0, 0] as const, [0, 5, 0] as const] as const;
    expect(jensenShannonDistance(...apart, 2)).toBe(1);
    expect([hellingerDistance(...apart), totalVariation(...apart), largestShareGap(...apart)]).toEqual([
      1, 1, 1,
    ]);
    expect(klDivergence(...apart)).toBeCloseTo(Math.log(1 / emptyShare), 10);
    for (const distance of [klDivergence, hellingerDistance, totalVariation, largestShareGap])
      expect(distance([0, 7], [0, 900])).toBe(0);
    expect(jensenShannonDistance([0, 7], [0, 900], 2)).toBe(0);
    expect(() => hellingerDistance([1], [0])).toThrow('came 1 and 0');
    expect(() => totalVariation([1], [1, 2])).toThrow('1 and 2');
  });

  it('gives how far values have to go, in their unit and in deviations of the reference', () => {
    const shifted = reference.map((value) => value + 1);
    expect(wassersteinDistance(reference, shifted)).toBeCloseTo(1, 12);
    expect(normedWasserstein(reference, shifted)).toBeCloseTo(0.346427, 6);
    const a = Array.from({ length: 60 }, (_, i) => ((i * 37) % 101) / 7);
    const b = Array.from({ length: 35 }, (_, i) => ((i * 53) % 97) / 9 + 1);
    expect(wassersteinDistance(a, b)).toBeCloseTo(1.2482615268329553, 12);
    expect(normedWasserstein(a, b)).toBeCloseTo(0.29976689209473917, 12);
    expect(twoSampleKs(a, b).statistic).toBeCloseTo(0.21666666666666667, 12);
  });

  it('takes a reference that does not vary as varying a little, and leaves out what is no number', () => {
    expect(normedWasserstein([5, 5, 5], [5, 5])).toBe(0);
    expect(normedWasserstein([5, 5, 5], [5.01])).toBeCloseTo(10, 6);
    expect(wassersteinDistance([0, 1, Number.NaN], [Number.POSITIVE_INFINITY, 0, 1])).toBe(0);
    expect(wassersteinDistance([Number.NaN], [1])).toBeUndefined();
    expect(normedWasserstein([], [1])).toBeUndefined();
    expect(() => twoSampleKs([1, Number.NaN], [1])).toThrow('came NaN');
  });

  it('tests two shares', () => {
    const test = proportionTest({ count: 50, rows: 100 }, { count: 65, rows: 100 });
    expect(test?.statistic).toBeCloseTo(2.1455956195564547, 10);
    expect(test?.pValue).toBeCloseTo(0.03190525523659653, 10);
    const unequal = proportionTest({ count: 30, rows: 1000 }, { count: 45, rows: 700 });
    expect(unequal?.statistic).toBeCloseTo(3.387890523290591, 10);
    expect(unequal?.pValue).toBeCloseTo(0.0007043237091782476, 10);
    for (const all of [0, 1])
      expect(proportionTest({ count: 9 * all, rows: 9 }, { count: all, rows: 1 })).toEqual({
        difference: 0,
        statistic: 0,
        pValue: 1,
      });
    expect(proportionTest({ count: 0, rows: 0 }, { count: 1, rows: 1 })).toBeUndefined();
    expect(() => proportionTest({ count: 2, rows: 1 }, { count: 0, rows: 1 })).toThrow('came 2');
  });

  it('gives the rows that a stability index of ten bins needs', () => {
    expect(leastStabilityRows(10, 0.1, 434, 434)).toBe(434);
    expect(leastStabilityRows(10, 0.2, 220, 220)).toBe(217);
    expect(leastStabilityRows(1, 0.1, 1, 1)).toBe(1);
  });
});
