import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EmpiricalDistribution, empiricalDistribution } from '../../../domain/drift/empirical.js';
import { compareWithEmpirical } from '../../../domain/drift/empirical-distance.js';
import { twoSampleKs } from '../../../domain/drift/two-sample-ks.js';
import { normedWasserstein, wassersteinDistance } from '../../../domain/drift/wasserstein.js';
import { normals } from './made-samples.js';

const throughJson = (distribution: EmpiricalDistribution) =>
  JSON.parse(JSON.stringify(distribution)) as EmpiricalDistribution;

describe('a frozen distribution of a reference column', () => {
  it('gives the very distances of the samples themselves where it holds every value', () => {
    const sample = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(sample, sample, (reference, window) => {
        const { distance } = compareWithEmpirical(throughJson(empiricalDistribution(reference)), window);
        expect(distance?.ks).toBeCloseTo(twoSampleKs(reference, window).statistic, 12);
        expect(distance?.pValue).toBeCloseTo(twoSampleKs(reference, window).pValue, 10);
        expect(distance?.wasserstein).toBeCloseTo(wassersteinDistance(reference, window) ?? -1, 9);
        expect(distance?.normedWasserstein).toBeCloseTo(normedWasserstein(reference, window) ?? -1, 6);
      }),
    );
  });

  const heavyTail = (seed: number, n: number) => normals(seed, n).map((value) => Math.exp(1.5 * value));
  it.each([
    ['a normal column', normals(1, 50_000), normals(2, 3000, 0.03)],
    ['the same column far away', normals(1, 50_000), normals(2, 3000, 9)],
    ['a heavy tail', heavyTail(3, 50_000), heavyTail(4, 5000)],
    [
      'one value in the midst of many',
      normals(5, 40_000).map((value) => Math.min(value, 0)),
      normals(6, 999),
    ],
  ])('is off by less than 1/4096 where it holds points only: %s', (_, reference, window) => {
    const frozen = empiricalDistribution(reference);
    expect(frozen.exact).toBe(false);
    expect(frozen.values.length).toBeLessThanOrEqual(4096 + 128);
    const { distance } = compareWithEmpirical(throughJson(frozen), window);
    const exact = twoSampleKs(reference, window).statistic;
    expect(Math.abs((distance?.ks ?? 9) - exact)).toBeLessThan(1 / 4096);
    const range = (frozen.values.at(-1) ?? 0) - (frozen.values[0] ?? 0);
    const apart = wassersteinDistance(reference, window) ?? -1;
    expect(Math.abs((distance?.wasserstein ?? 9) - apart)).toBeLessThanOrEqual(range / 4096);
    expect(Math.abs((distance?.normedWasserstein ?? 9) - apart / frozen.std)).toBeLessThan(0.005);
  });

  it('counts what is no number, and leaves it out of the distribution', () => {
    const reference = [1, Number.NaN, Number.POSITIVE_INFINITY, 3, Number.NEGATIVE_INFINITY, 1];
    const frozen = empiricalDistribution(reference);
    expect(frozen).toMatchObject({
      values: [1, 3],
      cumulative: [2, 3],
      exact: true,
      n: 3,
      nulls: 1,
      infinite: 2,
    });
    expect(frozen.mean).toBeCloseTo(5 / 3, 12);
    expect(frozen.std).toBeCloseTo(Math.sqrt(8 / 9), 12);
    expect(compareWithEmpirical(frozen, [Number.NaN, 1, 1, 3, Number.NEGATIVE_INFINITY])).toMatchObject({
      distance: { ks: 0, pValue: 1, wasserstein: 0, normedWasserstein: 0 },
      m: 3,
      nulls: 1,
      infinite: 1,
    });
  });

  it('gives no distance where a side has no value, and defined ones for constants and single rows', () => {
    const nothing = empiricalDistribution([Number.NaN, Number.NaN]);
    expect(nothing).toMatchObject({ values: [], n: 0, nulls: 2, mean: 0, std: 0 });
    expect(compareWithEmpirical(nothing, [1]).distance).toBeUndefined();
    const constant = empiricalDistribution([7, 7, 7]);
    expect(compareWithEmpirical(constant, []).distance).toBeUndefined();
    expect(compareWithEmpirical(constant, [Number.NaN]).distance).toBeUndefined();
    expect(compareWithEmpirical(constant, [7, 7]).distance).toMatchObject({ ks: 0, wasserstein: 0 });
    expect(compareWithEmpirical(constant, [8]).distance).toMatchObject({ ks: 1, wasserstein: 1 });
    expect(compareWithEmpirical(empiricalDistribution([0, 1]), [1, 2]).distance).toMatchObject({
      ks: 0.5,
      wasserstein: 1,
    });
  });

  it('stays finite for values a double apart', () => {
    const edges = [-Number.MAX_VALUE, Number.MAX_VALUE, 1e300];
    const frozen = throughJson(empiricalDistribution(edges));
    expect(frozen.std).toBeGreaterThan(1e300);
    const { distance } = compareWithEmpirical(frozen, [0, 1]);
    expect(Object.values(distance ?? {}).every(Number.isFinite)).toBe(true);
    expect(wassersteinDistance([-Number.MAX_VALUE], [Number.MAX_VALUE])).toBe(Number.MAX_VALUE);
    expect(normedWasserstein([0], [Number.MAX_VALUE])).toBe(Number.MAX_VALUE);
  });

  it('leaves its argument as it is', () => {
    const window = Float64Array.of(3, 1, 2);
    compareWithEmpirical(empiricalDistribution(window), window);
    expect([...window]).toEqual([3, 1, 2]);
  });
});
