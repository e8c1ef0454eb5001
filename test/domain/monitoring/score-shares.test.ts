import { describe, expect, it } from 'vitest';
import { empiricalDistribution } from '../../../domain/drift/empirical.js';
import { measureTruth } from '../../../domain/monitoring/measure-truth.js';
import { scoreShares } from '../../../domain/monitoring/score-shares.js';
import { seededRandom } from '../../../domain/stats/seeded-random.js';

const reference = empiricalDistribution([0, 0, 0.5, 1]);
const total = (shares: readonly number[]) => shares.reduce((sum, share) => sum + share, 0);

describe('scores beside their reference', () => {
  it('are shares of the same bins, each side adding up to one', () => {
    const found = scoreShares(reference, Float64Array.of(0.5, 0.5, 1, Number.NaN));
    expect(found?.edges).toHaveLength(21);
    expect([found?.reference[0], found?.reference[10], found?.reference[19]]).toEqual([0.5, 0.25, 0.25]);
    expect([found?.window[10], found?.window[19]]).toEqual([2 / 3, 1 / 3]);
    expect(total(found?.reference ?? [])).toBeCloseTo(1, 12);
    expect(total(found?.window ?? [])).toBeCloseTo(1, 12);
    expect(found).toMatchObject({ p50: 0.5, mean: 2 / 3 });
  });

  it('reach as far as both sides do, so that nothing falls off', () => {
    const found = scoreShares(reference, Float64Array.of(-4, 8));
    expect([found?.edges[0], found?.edges.at(-1)]).toEqual([-4, 8]);
    expect(total(found?.window ?? [])).toBe(1);
    expect(total(found?.reference ?? [])).toBe(1);
  });

  it('are none without an answer or without a reference, and one bin where all are the same', () => {
    expect(scoreShares(reference, Float64Array.of(Number.NaN))).toBeNull();
    expect(scoreShares(empiricalDistribution([]), Float64Array.of(1))).toBeNull();
    const same = scoreShares(empiricalDistribution([2]), Float64Array.of(2, 2));
    expect([same?.window[0], same?.reference[0]]).toEqual([1, 1]);
  });
});

describe('metrics by what turned out to be true', () => {
  const random = seededRandom(3);
  const scores = Float64Array.from({ length: 1000 }, () => random());
  const labels = scores.map((score) => Number(random() < score));

  it('have intervals that hold them, the same each time', () => {
    const found = measureTruth('classification', { labels, scores, threshold: 0.5 });
    for (const name of ['logLoss', 'rocAuc', 'accuracy', 'brier']) {
      const { low = 0, high = 0 } = found.intervals[name] ?? {};
      const value = found.metrics[name] ?? Number.NaN;
      expect([name, low < value, value < high, high - low < 0.2]).toEqual([name, true, true, true]);
    }
    expect(measureTruth('classification', { labels, scores, threshold: 0.5 })).toEqual(found);
  });

  it('have none with few rows, and nothing is told of no row', () => {
    const few = { labels: labels.slice(0, 3), scores: scores.slice(0, 3), threshold: 0.5 };
    expect(measureTruth('classification', few).intervals).not.toHaveProperty('logLoss');
    const none = { labels: new Float64Array(0), scores: new Float64Array(0), threshold: 0.5 };
    expect(measureTruth('classification', none)).toEqual({ labelled: 0, metrics: {}, intervals: {} });
    expect(measureTruth('regression', none)).toMatchObject({ labelled: 0, intervals: {} });
  });
});
