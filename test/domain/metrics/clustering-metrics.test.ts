import { describe, expect, it } from 'vitest';
import { clusteringMetrics } from '../../../domain/metrics/clustering-metrics.js';
import { noResamples } from '../../../domain/metrics/task-method.js';
import { drawBlockResamples } from '../../../domain/stats/block-resamples.js';
import { seededRandom } from '../../../domain/stats/seeded-random.js';

const judge = (assigned: number[], features: number[] | undefined, width = 1) =>
  clusteringMetrics(
    {
      assigned: Int32Array.from(assigned),
      ...(features ? { features: Float64Array.from(features) } : {}),
      width,
      block: new Int32Array(assigned.length),
    },
    noResamples,
    seededRandom(1),
  );

describe('clusteringMetrics', () => {
  it('of two tight pairs far apart are near their best', () => {
    const { silhouette, daviesBouldin } = judge([0, 0, 1, 1], [0, 1, 10, 11]);
    expect(silhouette).toMatchObject({ value: expect.closeTo((19 / 21 + 17 / 19) / 2, 12), n: 4 });
    expect(daviesBouldin).toMatchObject({ value: expect.closeTo(0.1, 12), n: 4 });
  });

  it('are undefined with a reason when there is nothing to compare', () => {
    expect(judge([], [])['silhouette']).toMatchObject({ reason: 'there is no row' });
    expect(judge([1, 2], undefined)['silhouette']).toMatchObject({
      reason: expect.stringContaining('features'),
    });
    expect(judge([1, 2], [0, Number.NaN])['daviesBouldin']).toMatchObject({
      reason: 'a feature holds a missing or infinite value',
    });
    expect(judge([3, 3], [0, 1])).toEqual({
      silhouette: { kind: 'undefined', reason: 'all rows lie in one cluster' },
      daviesBouldin: { kind: 'undefined', reason: 'all rows lie in one cluster' },
    });
    expect(judge([1, 2], [0, 1])['silhouette']).toMatchObject({
      reason: 'every row is a cluster of its own',
    });
  });

  it('survive clusters on one spot', () => {
    expect(judge([0, 0, 1, 1], [5, 5, 5, 5])).toMatchObject({
      silhouette: { value: 0 },
      daviesBouldin: { value: 0 },
    });
  });

  it('take the silhouette of many rows from a seeded sample of 2,000, with an interval', () => {
    const random = seededRandom(4);
    const assigned = Int32Array.from({ length: 6000 }, (_, row) => row % 3);
    const rows = {
      assigned,
      features: Float64Array.from(assigned, (own) => own * 10 + random()),
      width: 1,
      block: Int32Array.from(assigned, (_, row) => row % 50),
    };
    const once = clusteringMetrics(rows, drawBlockResamples(50, 200, seededRandom(1)), seededRandom(2));
    const again = clusteringMetrics(rows, drawBlockResamples(50, 200, seededRandom(1)), seededRandom(2));
    const { silhouette } = once;
    expect(silhouette).toMatchObject({ kind: 'value', n: 2000 });
    if (silhouette?.kind !== 'value') return;
    expect(silhouette.value).toBeGreaterThan(0.95);
    expect(silhouette.low).toBeLessThan(silhouette.value);
    expect(again).toEqual(once);
  });
});
