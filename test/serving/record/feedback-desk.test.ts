import { expect, test } from 'vitest';
import type { FeedbackRow } from '../../../domain/ports/predictions.js';
import { createFeedbackDesk } from '../../../serving/record/feedback-desk.js';

const rowOf = (n: number): FeedbackRow => ({
  ...{ predictionId: `01930000-0000-7000-8000-${String(n).padStart(12, '0')}`, row: 0, source: 'http' },
  ...{ truth: '1', reward: null, eventAt: null, receivedAt: '2026-01-01T00:00:00.000Z' },
});

test('what could not be kept may be told again, and is no duplicate then', async () => {
  let isFull = true;
  const kept: unknown[] = [];
  const take = createFeedbackDesk({
    recordFeedback: async (json) => {
      if (!isFull) kept.push(...(JSON.parse(json) as unknown[]));
      return !isFull;
    },
  });
  await expect(take([rowOf(1)])).rejects.toMatchObject({ code: 'OVERLOADED' });
  isFull = false;
  expect(await take([rowOf(1), rowOf(1), rowOf(2)])).toEqual({ accepted: 2, duplicate: 1, unknown: 0 });
  expect(await take([rowOf(2)])).toEqual({ accepted: 0, duplicate: 1, unknown: 0 });
  expect(kept).toEqual([rowOf(1), rowOf(2)]);
});

test('the memory of what was told is bounded: the oldest is told once more to the database', async () => {
  const take = createFeedbackDesk({ recordFeedback: async () => true });
  for (let from = 0; from < 110_000; from += 10_000) {
    await take(Array.from({ length: 10_000 }, (_, n) => rowOf(from + n)));
  }
  expect(await take([rowOf(0), rowOf(109_999)])).toEqual({ accepted: 1, duplicate: 1, unknown: 0 });
});
