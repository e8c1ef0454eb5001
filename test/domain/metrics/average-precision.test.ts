import fc from 'fast-check';
import { expect, it } from 'vitest';
import { averagePrecision, resampledAveragePrecision } from '../../../domain/metrics/average-precision.js';
import { groupByScore } from '../../../domain/metrics/score-groups.js';

const groupsOf = (label: number[], score: number[]) =>
  groupByScore(Float64Array.from(label), Float64Array.from(score));

it('of the textbook example is 5/6', () => {
  expect(averagePrecision(groupsOf([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]))).toBeCloseTo(5 / 6, 12);
});

it('of a constant score is the share of positive rows', () => {
  expect(averagePrecision(groupsOf([0, 1, 0, 0], [3, 3, 3, 3]))).toBe(0.25);
});

it('of a resample is that of the rows repeated as often as their block was drawn', () => {
  const row = fc.tuple(fc.constantFrom(0, 1), fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 2 }));
  const weights = fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3));
  fc.assert(
    fc.property(fc.array(row, { minLength: 1 }), weights, (rows, drawn) => {
      const label = rows.map(([own]) => own);
      const score = rows.map(([, own]) => own);
      const block = Int32Array.from(rows, ([, , own]) => own);
      const [resampled] = resampledAveragePrecision(groupsOf(label, score), Float64Array.from(label), block, {
        blocks: 3,
        resamples: 1,
        weights: Uint16Array.from(drawn),
      });
      const repeated = rows.flatMap((own) => new Array<typeof own>(drawn[own[2]] ?? 0).fill(own));
      const groups = groupsOf(
        repeated.map(([own]) => own),
        repeated.map(([, own]) => own),
      );
      if (groups.positives === 0) expect(resampled).toBeUndefined();
      else expect(resampled).toBeCloseTo(averagePrecision(groups), 12);
    }),
  );
});
