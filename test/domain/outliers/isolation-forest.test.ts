import { describe, expect, it } from 'vitest';
import {
  fitIsolationForest,
  isolationCutoff,
  isolationScores,
} from '../../../domain/outliers/isolation-forest.js';
import { meanSearchDepth } from '../../../domain/outliers/mean-search-depth.js';
import { seededRandom } from '../../../domain/stats/seeded-random.js';
import { normals } from '../drift/made-samples.js';

function fitted(reference: Record<string, Float64Array>, seed = 1) {
  const forest = fitIsolationForest(reference, seededRandom(seed));
  if (forest.kind === 'undefined') throw new Error(forest.reason);
  return forest;
}

const three = (seed: number, rows: number) => ({
  x: normals(seed, rows),
  y: normals(seed + 1, rows),
  z: normals(seed + 2, rows),
});

describe('the isolation forest', () => {
  it('measures depths against that of a search without success', () => {
    expect(meanSearchDepth(256)).toBeCloseTo(10.244771, 6);
    expect([0, 1, 2].map(meanSearchDepth)).toEqual([0, 0, 1]);
  });

  it('scores as scikit-learn does: .39 in the middle, .76 and .57 outside, and a fifth of normal rows above one half', () => {
    const forest = fitted(three(10, 2000));
    const scores = isolationScores(forest, {
      x: Float64Array.of(0, 3, 6),
      y: Float64Array.of(0, 3, 0),
      z: Float64Array.of(0, 3, 0),
    });
    const expected = [0.391, 0.763, 0.571];
    scores.forEach((score, row) => {
      expect(Math.abs(score - (expected[row] ?? 0))).toBeLessThan(0.05);
    });
    const above = isolationScores(forest, three(20, 2000)).filter((score) => score > isolationCutoff).length;
    expect(above / 2000).toBeGreaterThan(0.1);
    expect(above / 2000).toBeLessThan(0.3);
  });

  it('is the same for the same seed and after JSON, and another for another seed', () => {
    const reference = three(1, 300);
    const rows = three(5, 20);
    const forest = fitted(reference);
    expect(fitted(reference)).toEqual(forest);
    expect(isolationScores(JSON.parse(JSON.stringify(forest)), rows)).toEqual(isolationScores(forest, rows));
    expect(isolationScores(fitted(reference, 2), rows)).not.toEqual(isolationScores(forest, rows));
  });

  it('takes null as the median and an infinity as beyond every cut', () => {
    const forest = fitted({ x: normals(1, 500) });
    const [nulls, median, infinite, far] = isolationScores(forest, {
      x: Float64Array.of(Number.NaN, forest.medians[0] ?? 0, Number.POSITIVE_INFINITY, 1e9),
    });
    expect(nulls).toBe(median);
    expect(infinite).toBe(far);
    expect(infinite).toBeGreaterThan(isolationCutoff);
  });

  it('calls nothing an outlier where all rows are alike, and cuts values that lie a double apart', () => {
    const constant = { x: new Float64Array(100).fill(2), y: new Float64Array(100).fill(Number.NaN) };
    const [score] = isolationScores(fitted(constant), { x: Float64Array.of(99), y: Float64Array.of(0) });
    expect(score).toBeCloseTo(0.5, 12);
    const edges = Float64Array.of(-Number.MAX_VALUE, Number.MAX_VALUE, 0, 1, 1 + Number.EPSILON);
    expect(isolationScores(fitted({ x: edges }), { x: edges }).every((value) => value > 0 && value < 1)).toBe(
      true,
    );
  });

  it('says why there is none', () => {
    expect(fitIsolationForest({}, seededRandom(1))).toMatchObject({ reason: 'there are no columns' });
    expect(fitIsolationForest({ x: Float64Array.of(1) }, seededRandom(1))).toMatchObject({
      reason: '1 rows cannot be cut apart, at least 2 are needed',
    });
    const uneven = { x: Float64Array.of(1, 2), y: Float64Array.of(1) };
    expect(() => fitIsolationForest(uneven, seededRandom(1))).toThrow('came 1 in y');
    expect(() => isolationScores(fitted({ x: normals(1, 9) }), {})).toThrow('a column x');
  });
});
