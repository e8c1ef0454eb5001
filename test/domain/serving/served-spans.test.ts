import { describe, expect, it } from 'vitest';
import type { ServedCounts, ServedPoint } from '../../../domain/ports/served-minutes.js';
import { latencyBoundsMs } from '../../../domain/serving/latency-bounds.js';
import {
  failedShare,
  latencyQuantileMs,
  mergeCounts,
  spansOf,
} from '../../../domain/serving/served-spans.js';

/** `at`: how many took how long, by the place of the bound. */
function counted(at: Readonly<Record<number, number>>, more: Partial<ServedCounts> = {}): ServedCounts {
  const counts = Array.from({ length: latencyBoundsMs.length + 1 }, (_, place) => at[place] ?? 0);
  const answered = counts.reduce((sum, count) => sum + count, 0);
  return { answered, rows: answered, refused: 0, failed: 0, sumMs: answered, counts, custom: {}, ...more };
}

describe('counts of several points', () => {
  it('add up, and of a gauge the last value holds', () => {
    const gauge = (last: number) => ({ kind: 'gauge', count: 1, sum: last, last }) as const;
    const [a, b] = [
      counted({ 0: 3 }, { failed: 1, custom: { app_queue: gauge(5), app_a: gauge(1) } }),
      counted({ 0: 1, 4: 2 }, { refused: 2, custom: { app_queue: gauge(3), app_b: gauge(2) } }),
    ];
    const all = mergeCounts([a, b]);
    expect(all).toMatchObject({ answered: 6, rows: 6, refused: 2, failed: 1, sumMs: 6 });
    expect(all?.counts.slice(0, 5)).toEqual([4, 0, 0, 0, 2]);
    expect(all?.custom).toEqual({
      app_queue: { kind: 'gauge', count: 2, sum: 8, last: 3 },
      app_a: gauge(1),
      app_b: gauge(2),
    });
    expect(mergeCounts([])).toBeNull();
  });

  it('are a share that failed of those that were owed an answer; of none there is no share', () => {
    expect(failedShare(counted({ 0: 3 }, { failed: 1, refused: 100 }))).toBe(0.25);
    expect(failedShare(counted({}, { refused: 5 }))).toBeNull();
    expect(failedShare(counted({}, { failed: 2 }))).toBe(1);
  });
});

describe('the time within which a share was answered', () => {
  it('lies straight between two bounds', () => {
    // Bounds 2 and 5: half of what lies between them is 3.5.
    expect(latencyQuantileMs(counted({ 3: 10 }), 0.5)).toBe(3.5);
    expect(latencyQuantileMs(counted({ 0: 10 }), 0.5)).toBe(0.25);
    expect(latencyQuantileMs(counted({ 0: 50, 3: 50 }), 0.5)).toBe(0.5);
    expect(latencyQuantileMs(counted({ 0: 50, 3: 50 }), 0.75)).toBe(3.5);
  });

  it('is the last bound beyond it, and nothing where nothing was answered', () => {
    expect(latencyQuantileMs(counted({ [latencyBoundsMs.length]: 4 }), 0.99)).toBe(10_000);
    expect(latencyQuantileMs(counted({}), 0.5)).toBeNull();
  });
});

it('points fall into the span that they begin in, in the order of time, and spans without one are absent', () => {
  const point = (at: string): ServedPoint => ({ ...counted({ 0: 1 }), model: 'm', version: '1', at });
  const spans = spansOf(
    ['2026-01-02T10:00:00.000Z', '2026-01-01T23:00:00.000Z', '2026-01-02T00:00:00.000Z'].map(point),
    86_400_000,
  );
  expect(spans.map(({ from, points }) => [from, points.length])).toEqual([
    ['2026-01-01T00:00:00.000Z', 1],
    ['2026-01-02T00:00:00.000Z', 2],
  ]);
});
