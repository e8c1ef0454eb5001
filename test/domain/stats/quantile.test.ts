import { expect, it } from 'vitest';
import { quantileOfSorted, quantiles } from '../../../domain/stats/quantile.js';

it('agrees with numpy on values in any order', () => {
  const values = Object.freeze([7.5, 1.25, 3, 9, 2.5]);
  const expected = [1.25, 1.5, 2.5, 3, 8.4, 9];
  quantiles(values, [0, 0.05, 0.25, 0.5, 0.9, 1]).forEach((value, index) => {
    expect(value).toBeCloseTo(expected[index] ?? 0, 12);
  });
});

it('of one value is that value', () => {
  expect(quantileOfSorted([4], 0.3)).toBe(4);
});

it('refuses no values and a share outside 0..1', () => {
  expect(() => quantileOfSorted([], 0.5)).toThrow('a quantile needs at least one value, came none');
  expect(() => quantileOfSorted([1], 1.1)).toThrow('share must be within 0..1, came 1.1');
  expect(() => quantileOfSorted([1], Number.NaN)).toThrow('came NaN');
});
