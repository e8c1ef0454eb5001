import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rocAuc, rocAucMetric } from '../../../domain/metrics/roc-auc.js';
import { groupByScore } from '../../../domain/metrics/score-groups.js';
import { seededRandom } from '../../../domain/stats/seeded-random.js';
import { tiedRanks } from '../../../domain/stats/tied-ranks.js';
import { binaryRows } from './sklearn-fixture.js';

const groupsOf = (label: ArrayLike<number>, score: ArrayLike<number>) =>
  groupByScore(Float64Array.from(label), Float64Array.from(score));

/** DeLong by its definition: every positive row compared with every negative one. */
function slowDelong(label: ArrayLike<number>, score: ArrayLike<number>): { auc: number; variance: number } {
  const of = (wanted: number) => Array.from(score).filter((_, row) => label[row] === wanted);
  const positives = of(1);
  const negatives = of(0);
  const wins = (high: number, low: number) => (high > low ? 1 : high === low ? 0.5 : 0);
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = (values: number[]) =>
    values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / (values.length - 1);
  const ofPositives = positives.map((high) => mean(negatives.map((low) => wins(high, low))));
  const ofNegatives = negatives.map((low) => mean(positives.map((high) => wins(high, low))));
  return {
    auc: mean(ofPositives),
    variance: spread(ofPositives) / positives.length + spread(ofNegatives) / negatives.length,
  };
}

const labelled = fc.array(fc.tuple(fc.constantFrom(0, 1), fc.integer({ min: 0, max: 12 })), { minLength: 4 });
const bothClassesTwice = (rows: [number, number][]) => {
  const positives = rows.filter(([label]) => label === 1).length;
  return positives >= 2 && rows.length - positives >= 2;
};

describe('rocAuc', () => {
  it('and its variance agree with the quadratic definition', () => {
    const { label, score } = binaryRows;
    const slow = slowDelong(label, score);
    const fast = rocAuc(groupsOf(label, score));
    expect(Math.abs(fast.auc - slow.auc)).toBeLessThan(1e-12);
    expect(Math.abs((fast.variance ?? 0) / slow.variance - 1)).toBeLessThan(1e-9);
  });

  it('agree with it on any rows with ties, and with the sum of ranks', () => {
    fc.assert(
      fc.property(labelled.filter(bothClassesTwice), (rows) => {
        const label = rows.map(([own]) => own);
        const score = rows.map(([, own]) => own);
        const slow = slowDelong(label, score);
        const fast = rocAuc(groupsOf(label, score));
        expect(fast.auc).toBeCloseTo(slow.auc, 12);
        expect(fast.variance).toBeCloseTo(slow.variance, 12);
        const positives = label.filter((own) => own === 1).length;
        const rankSum = tiedRanks(score).reduce((sum, rank, row) => sum + rank * (label[row] ?? 0), 0);
        const above = rankSum - (positives * (positives + 1)) / 2;
        expect(fast.auc).toBeCloseTo(above / positives / (label.length - positives), 12);
      }),
    );
  });

  it('does not change when scores are stretched or rows come in another order', () => {
    fc.assert(
      fc.property(labelled.filter(bothClassesTwice), (rows) => {
        const plain = rocAuc(
          groupsOf(
            rows.map(([own]) => own),
            rows.map(([, own]) => own),
          ),
        );
        const stretched = [...rows].reverse().map(([own, score]) => [own, Math.exp(score / 3)] as const);
        const other = rocAuc(
          groupsOf(
            stretched.map(([own]) => own),
            stretched.map(([, own]) => own),
          ),
        );
        expect(other.auc).toBeCloseTo(plain.auc, 12);
        expect(other.variance).toBeCloseTo(plain.variance ?? -1, 12);
      }),
    );
  });
});

describe('rocAucMetric', () => {
  it('holds the true area about 95 times in 100 at unequal class sizes', () => {
    let covered = 0;
    for (let round = 0; round < 400; round++) {
      const random = seededRandom(round);
      // Positive scores are the larger of two draws: the true area is 2/3.
      const label = Array.from({ length: 330 }, (_, row) => (row < 30 ? 1 : 0));
      const score = label.map((own) => (own === 1 ? Math.max(random(), random()) : random()));
      const metric = rocAucMetric(groupsOf(label, score));
      if (metric.kind === 'value' && (metric.low ?? 1) <= 2 / 3 && 2 / 3 <= (metric.high ?? 0)) covered++;
    }
    expect(covered / 400).toBeGreaterThan(0.91);
    expect(covered / 400).toBeLessThan(0.985);
  });

  it('is undefined with a reason when one class or every row is missing', () => {
    expect(rocAucMetric(groupsOf([], []))).toEqual({ kind: 'undefined', reason: 'there is no labelled row' });
    expect(rocAucMetric(groupsOf([0, 0], [1, 2]))).toMatchObject({
      reason: expect.stringContaining('no row is positive'),
    });
    expect(rocAucMetric(groupsOf([1], [1]))).toMatchObject({
      reason: expect.stringContaining('every row is positive'),
    });
  });

  it('has no interval where DeLong cannot know: one row of a class, or perfect separation', () => {
    expect(rocAucMetric(groupsOf([1, 0, 0], [2, 1, 3]))).toEqual({ kind: 'value', value: 0.5, n: 3 });
    expect(rocAucMetric(groupsOf([1, 1, 0, 0], [4, 3, 2, 1]))).toEqual({ kind: 'value', value: 1, n: 4 });
  });

  it('of a constant score is one half, exactly', () => {
    expect(rocAucMetric(groupsOf([1, 0, 1, 0], [7, 7, 7, 7]))).toMatchObject({
      value: 0.5,
      low: 0.5,
      high: 0.5,
    });
  });
});
