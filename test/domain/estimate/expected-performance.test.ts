import { describe, expect, it } from 'vitest';
import type { EstimatedMetric } from '../../../domain/estimate/estimated-metric.js';
import { estimatedMetricNames, expectedPerformance } from '../../../domain/estimate/expected-performance.js';
import { rocAuc } from '../../../domain/metrics/roc-auc.js';
import { groupByScore } from '../../../domain/metrics/score-groups.js';
import { momentsOf } from '../../../domain/stats/moments.js';
import { type Random, seededRandom } from '../../../domain/stats/seeded-random.js';

const of = (...values: number[]) => Float64Array.from(values);

function estimated(probability: Float64Array, threshold = 0.5, score = probability) {
  const { metrics, confusion } = expectedPerformance({ probability, score, threshold });
  const value = (name: (typeof estimatedMetricNames)[number]): EstimatedMetric => {
    const metric = metrics[name];
    if (metric.kind === 'undefined') throw new Error(`${name}: ${metric.reason}`);
    return metric;
  };
  return { metrics, confusion, value };
}

describe('the quality that calibrated probabilities promise', () => {
  it('has the confusion and the metrics of its definition', () => {
    const { value, confusion } = estimated(of(0.9, 0.8, 0.6, 0.3, 0.1));
    const flat = confusion.flat().map((count) => count.toFixed(9));
    expect(flat).toEqual(['1.600000000', '0.700000000', '0.400000000', '2.300000000']);
    expect(value('accuracy').value).toBeCloseTo(0.78, 12);
    expect(value('precision').value).toBeCloseTo(0.766667, 6);
    expect(value('recall').value).toBeCloseTo(0.851852, 6);
    expect(value('f1').value).toBeCloseTo((2 * 2.3) / (2 * 2.3 + 0.7 + 0.4), 12);
    expect(value('rocAuc').value).toBeCloseTo(0.8874538745387454, 12);
    expect(value('logLoss').value).toBeCloseTo(0.48688886787704694, 12);
  });

  it('is the realised quality where probabilities are certain', () => {
    const { value, confusion } = estimated(of(1, 1, 0, 0), 0.5, of(0.9, 0.2, 0.3, 0.1));
    expect(confusion).toEqual([
      [2, 0],
      [1, 1],
    ]);
    expect([value('accuracy').value, value('recall').value, value('rocAuc').value]).toEqual([
      0.75, 0.5, 0.75,
    ]);
  });

  /** Draws probabilities and labels that come true as often as they say. */
  function drawn(random: Random, rows: number) {
    const probability = Float64Array.from({ length: rows }, () => random() ** 2);
    return { probability, label: probability.map((p) => (random() < p ? 1 : 0)) };
  }

  it('lies as far from the realised one as its standard error says, for every metric', () => {
    const random = seededRandom(8);
    const rows = 400;
    const gaps = Object.fromEntries(estimatedMetricNames.map((name) => [name, [] as number[]]));
    for (let window = 0; window < 400; window += 1) {
      const { probability, label } = drawn(random, rows);
      const { value } = estimated(probability, 0.4);
      const count = (actual: number, answered: boolean) =>
        label.filter((is, row) => is === actual && (probability[row] ?? 0) >= 0.4 === answered).length;
      const [tp, fp, fn, tn] = [count(1, true), count(0, true), count(1, false), count(0, false)];
      const realised = {
        accuracy: (tp + tn) / rows,
        precision: tp / (tp + fp),
        recall: tp / (tp + fn),
        f1: (2 * tp) / (2 * tp + fp + fn),
        rocAuc: rocAuc(groupByScore(label, probability)).auc,
        logLoss:
          label.reduce(
            (sum, is, row) =>
              sum - Math.log(is === 1 ? (probability[row] ?? 0) : 1 - (probability[row] ?? 0)),
            0,
          ) / rows,
      };
      for (const name of estimatedMetricNames) {
        const { value: expected, standardError } = value(name);
        gaps[name]?.push((realised[name] - expected) / standardError);
      }
    }
    for (const name of estimatedMetricNames) {
      const { mean, std } = momentsOf(gaps[name] ?? []);
      // On the same rows the realised value spreads less than its error: the error also covers which rows came.
      expect(Math.abs(mean), name).toBeLessThan(0.2);
      expect(std, name).toBeGreaterThan(0.6);
      expect(std, name).toBeLessThan(1.15);
    }
  });

  it('is blind to labels that turn, and can never say less than one half with answers at one half', () => {
    const { probability } = drawn(seededRandom(3), 500);
    expect(estimated(probability).value('accuracy').value).toBeGreaterThanOrEqual(0.5);
  });

  it('says why a metric has no value', () => {
    const reasons = (probability: Float64Array) =>
      Object.values(estimated(probability).metrics).map((metric) =>
        metric.kind === 'undefined' ? metric.reason : metric.value,
      );
    expect(new Set(reasons(of()))).toEqual(new Set(['there are no rows']));
    expect(reasons(of(0, 0))).toEqual([
      1,
      'no row is answered with 1',
      'no row is expected to be positive',
      'no row is answered with 1 or expected to be',
      'only one class is expected',
      expect.closeTo(0, 12),
    ]);
    expect(reasons(of(0.7))[4]).toBe('only one class is expected');
  });

  it('refuses what is no probability', () => {
    expect(() => estimated(of(0.5, Number.NaN))).toThrow('within 0..1, came NaN');
    expect(() => estimated(of(1.5))).toThrow('within 0..1, came 1.5');
    expect(() => estimated(of(0.5), 0.5, of())).toThrow('came 1 and 0');
    expect(() => estimated(of(0.5), Number.NaN)).toThrow('a threshold must be a number');
    expect(() => estimated(of(0.5), 0.5, of(Number.NaN))).toThrow('a score must be a number');
  });
});
