import { describe, expect, it } from 'vitest';
import { expectedMulticlass } from '../../../domain/estimate/expected-multiclass.js';
import { expectedPerformance } from '../../../domain/estimate/expected-performance.js';
import { multiclassMetrics } from '../../../domain/metrics/multiclass-metrics.js';
import { drawBlockResamples } from '../../../domain/stats/block-resamples.js';
import { momentsOf } from '../../../domain/stats/moments.js';
import { seededRandom } from '../../../domain/stats/seeded-random.js';

const classes = 3;
const random = seededRandom(6);

/** Probabilities of three classes, the likeliest as the answer, and labels that come true as often as they say. */
function drawn(rows: number) {
  const probability = new Float64Array(rows * classes);
  const assigned = new Int32Array(rows);
  const label = new Float64Array(rows);
  for (let row = 0; row < rows; row += 1) {
    const weights = [random() ** 2, random() ** 2, random() ** 3];
    const sum = weights.reduce((total, weight) => total + weight, 0);
    weights.forEach((weight, at) => {
      probability[row * classes + at] = weight / sum;
    });
    assigned[row] = weights.indexOf(Math.max(...weights));
    const chance = random();
    const [first = 0, second = 0] = weights.map((weight) => weight / sum);
    label[row] = chance < first ? 0 : chance < first + second ? 1 : 2;
  }
  return { probability, assigned, label };
}

describe('the quality that calibrated probabilities of several classes promise', () => {
  it('is that of two classes where there are two', () => {
    const positive = Float64Array.of(0.9, 0.8, 0.6, 0.3, 0.1);
    const both = Float64Array.from(Array.from(positive).flatMap((p) => [1 - p, p]));
    const two = expectedMulticlass(both, Int32Array.of(1, 1, 1, 0, 0), 2);
    const one = expectedPerformance({ probability: positive, score: positive, threshold: 0.5 });
    two.confusion.flat().forEach((count, at) => {
      expect(count).toBeCloseTo(one.confusion.flat()[at] ?? -1, 12);
    });
    for (const name of ['accuracy', 'logLoss'] as const) {
      const [a, b] = [two.metrics[name], one.metrics[name]];
      if (a.kind === 'undefined' || b.kind === 'undefined') throw new Error('there are rows');
      expect([a.value, a.standardError].map((value) => value.toFixed(10))).toEqual(
        [b.value, b.standardError].map((value) => value.toFixed(10)),
      );
    }
  });

  it('lies as far from the realised one as its standard error says, for every metric', () => {
    const gaps: Record<string, number[]> = {};
    for (let window = 0; window < 200; window += 1) {
      const { probability, assigned, label } = drawn(300);
      const realised = multiclassMetrics(
        { label, assigned, probabilities: probability, classes, block: new Int32Array(300) },
        drawBlockResamples(1, 0, random),
      );
      for (const [name, metric] of Object.entries(
        expectedMulticlass(probability, assigned, classes).metrics,
      )) {
        const seen = realised[name];
        if (metric.kind === 'undefined' || seen?.kind !== 'value') throw new Error(`${name} has no value`);
        gaps[name] = [...(gaps[name] ?? []), (seen.value - metric.value) / metric.standardError];
      }
    }
    expect(Object.keys(gaps)).toHaveLength(5);
    for (const [name, values] of Object.entries(gaps)) {
      const { mean, std } = momentsOf(values);
      expect(Math.abs(mean), name).toBeLessThan(0.3);
      expect(std, name).toBeGreaterThan(0.6);
      expect(std, name).toBeLessThan(1.2);
    }
  });

  it('leaves out a class that is neither expected nor answered, and counts one that is never answered', () => {
    const certain = Float64Array.of(1, 0, 0, 1, 0, 0);
    const { metrics } = expectedMulticlass(certain, Int32Array.of(0, 0), 3);
    expect([metrics.precision, metrics.recall, metrics.f1]).toMatchObject([
      { value: 1 },
      { value: 1 },
      { value: 1 },
    ]);
    const missed = expectedMulticlass(Float64Array.of(0.5, 0.5), Int32Array.of(0), 2).metrics;
    expect([missed.precision, missed.recall]).toMatchObject([{ value: 0.25 }, { value: 0.5 }]);
  });

  it('has a reason without rows, and refuses what are no probabilities', () => {
    expect(expectedMulticlass(new Float64Array(0), new Int32Array(0), 3).metrics.f1.kind).toBe('undefined');
    const of = (probability: number[], answer: number) => () =>
      expectedMulticlass(Float64Array.from(probability), Int32Array.of(answer), 2);
    expect(of([0.5, 0.4], 0)).toThrow('must sum to 1, came 0.9');
    expect(of([1.5, -0.5], 0)).toThrow('came NaN');
    expect(of([0.5, 0.5], 2)).toThrow('within 0..1, came 2');
    expect(of([1], 0)).toThrow('1 rows need 2 probabilities each, came 1 in all');
  });
});
