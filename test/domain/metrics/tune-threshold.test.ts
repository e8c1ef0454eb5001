import { expect, it } from 'vitest';
import { groupByScore } from '../../../domain/metrics/score-groups.js';
import { tuneThreshold } from '../../../domain/metrics/tune-threshold.js';

const tuned = (label: number[], score: number[]) =>
  tuneThreshold(groupByScore(Float64Array.from(label), Float64Array.from(score)));

it('finds the score with the best F1', () => {
  const best = tuned([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]);
  expect(best?.threshold).toBe(0.35);
  expect(best?.f1).toBeCloseTo(0.8, 12);
});

it('takes the highest of equally good thresholds, in whatever order the rows come', () => {
  // At 0.9: 1 of 2 found, none wrong, F1 2/3. At 0.1: all found, half of them wrong, F1 2/3.
  expect(tuned([1, 0, 0, 1], [0.9, 0.6, 0.5, 0.1])?.threshold).toBe(0.9);
  expect(tuned([1, 0, 0, 1], [0.1, 0.5, 0.6, 0.9])?.threshold).toBe(0.9);
});

it('has no answer without both classes', () => {
  expect(tuned([], [])).toBeUndefined();
  expect(tuned([0, 0], [0.1, 0.2])).toBeUndefined();
  expect(tuned([1, 1], [0.1, 0.2])).toBeUndefined();
});
