import { expect, test } from 'vitest';
import { timeOfPredictionId } from '../../../domain/predictions/prediction-id.js';
import { isSampled, isUnsampledId, unsampledId } from '../../../domain/predictions/unsampled-id.js';
import { newPredictionId } from '../../../serving/record/prediction-ids.js';

test('an answer that is not sampled is known by its id, and is no prediction', () => {
  const id = newPredictionId(Date.UTC(2026, 0, 1));
  expect([isUnsampledId(id), timeOfPredictionId(id)]).toEqual([false, '2026-01-01T00:00:00.000Z']);
  const told = unsampledId(id);
  expect([isUnsampledId(told), timeOfPredictionId(told)]).toEqual([true, null]);
  expect([isUnsampledId('order 66'), isUnsampledId('')]).toEqual([false, false]);
});

test('a share of the ids is sampled, the same ones each time, and all of a larger share', () => {
  const ids = Array.from({ length: 20_000 }, () => newPredictionId(Date.now()));
  const of = (share: number) => ids.filter((id) => isSampled(id, share));
  expect(of(1)).toHaveLength(ids.length);
  expect(of(0.1).length).toBeGreaterThan(1700);
  expect(of(0.1).length).toBeLessThan(2300);
  const larger = new Set(of(0.5));
  expect(of(0.1).every((id) => larger.has(id))).toBe(true);
});
