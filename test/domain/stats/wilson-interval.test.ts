import { expect, it } from 'vitest';
import { wilsonInterval } from '../../../domain/stats/wilson-interval.js';

/** scipy.stats.binomtest(k, n).proportion_ci(method='wilson'). */
it.each([
  [970, 1000, 0.9574965858524128, 0.9789062611711653],
  [0, 10, 0, 0.27753279986288926],
  [10, 10, 0.7224672001371109, 1],
  [3, 7, 0.1582198552514697, 0.7495416354723428],
  [1, 20, 0.008881448800795402, 0.23613119344674205],
])('%i of %i agrees with scipy', (successes, trials, low, high) => {
  const interval = wilsonInterval(successes, trials);
  expect(interval.low).toBeCloseTo(low, 12);
  expect(interval.high).toBeCloseTo(high, 12);
});

it('refuses no trials and more successes than trials', () => {
  expect(() => wilsonInterval(0, 0)).toThrow('trials must be positive, came 0');
  expect(() => wilsonInterval(3, 2)).toThrow('successes must be within 0..2, came 3');
  expect(() => wilsonInterval(Number.NaN, 2)).toThrow('came NaN');
});
