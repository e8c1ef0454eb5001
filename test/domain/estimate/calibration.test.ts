import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseCalibration, expectedCalibrationError } from '../../../domain/estimate/choose-calibration.js';
import { calibrated, fitIsotonic } from '../../../domain/estimate/isotonic.js';
import { seededRandom } from '../../../domain/stats/seeded-random.js';

describe('an isotonic curve', () => {
  it('agrees with scikit-learn', () => {
    const score = Float64Array.from({ length: 40 }, (_, i) => ((i * 37) % 41) / 41);
    const label = Float64Array.from({ length: 40 }, (_, i) =>
      ((i * 37) % 41) / 41 > ((i * 17) % 23) / 23 ? 1 : 0,
    );
    const asked = Float64Array.of(0, 0.1, 0.25, 0.33, 0.5, 0.6, 0.77, 0.9, 1);
    const expected = [0, 0, 1 / 6, 0.4, 0.4, 0.5, 0.8571428571428571, 1, 1];
    calibrated(fitIsotonic(score, label), asked).forEach((value, at) => {
      expect(value).toBeCloseTo(expected[at] ?? -1, 12);
    });
  });

  it('never falls, keeps the mean of the labels, and is the same after JSON', () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.constantFrom(0, 1)), { minLength: 1 });
    fc.assert(
      fc.property(rows, (pairs) => {
        const score = Float64Array.from(pairs, ([value]) => value / 20);
        const label = Float64Array.from(pairs, ([, is]) => is);
        const curve = fitIsotonic(score, label);
        const ascending = calibrated(
          curve,
          Float64Array.from({ length: 21 }, (_, at) => at / 20),
        );
        ascending.forEach((value, at) => {
          expect(value).toBeGreaterThanOrEqual(ascending[at - 1] ?? 0);
        });
        const own = calibrated(JSON.parse(JSON.stringify(curve)), score);
        const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
        expect(sum(own)).toBeCloseTo(sum(label), 9);
      }),
    );
  });

  it('holds its ends beyond them, and refuses what it cannot use', () => {
    const curve = fitIsotonic(Float64Array.of(0.2, 0.4), Float64Array.of(0, 1));
    const far = Float64Array.of(Number.NEGATIVE_INFINITY, 0.3, Number.POSITIVE_INFINITY);
    calibrated(curve, far).forEach((value, at) => {
      expect(value).toBeCloseTo([0, 0.5, 1][at] ?? -1, 12);
    });
    expect([...calibrated(fitIsotonic(Float64Array.of(0.5), Float64Array.of(1)), far)]).toEqual([1, 1, 1]);
    expect(() => calibrated(curve, Float64Array.of(Number.NaN))).toThrow('came NaN');
    expect(() => fitIsotonic(Float64Array.of(Number.NaN), Float64Array.of(1))).toThrow('must be finite');
    expect(() => fitIsotonic(Float64Array.of(0.5), Float64Array.of(Number.NaN))).toThrow('0 or 1, came NaN');
    expect(() => fitIsotonic(Float64Array.of(), Float64Array.of())).toThrow('came 0 and 0');
  });
});

describe('whether scores need a curve', () => {
  const random = seededRandom(2);
  const truth = Float64Array.from({ length: 3000 }, () => random());
  const label = truth.map((p) => (random() < p ? 1 : 0));
  const tooSure = truth.map((p) => p ** 3 / (p ** 3 + (1 - p) ** 3));

  it('finds that scores which are too sure of themselves do, and that the curve mends them', () => {
    const found = chooseCalibration(tooSure, label, seededRandom(1));
    expect(found.errorBefore).toBeGreaterThan(0.08);
    expect(found.errorAfter).toBeLessThan(0.04);
    if (!found.curve) throw new Error(found.text);
    expect(expectedCalibrationError(label, calibrated(found.curve, tooSure))).toBeLessThan(0.02);
  });

  it('leaves scores as they are where few rows would only teach it noise', () => {
    const few = chooseCalibration(truth.slice(0, 300), label.slice(0, 300), seededRandom(1));
    expect(few.curve).toBeUndefined();
    expect(few.text).toContain('left as it is');
  });

  it('says that it did not check where a class has too few rows', () => {
    const negatives = new Float64Array(3000);
    const found = chooseCalibration(truth, negatives, seededRandom(1));
    expect(found).toMatchObject({ errorBefore: null, errorAfter: null, n: 3000 });
    expect(found.curve).toBeUndefined();
    expect(found.text).toBe('not checked: 0 positive and 3000 negative rows, 50 of each are needed');
    expect(() => chooseCalibration(Float64Array.of(2), Float64Array.of(1), random)).toThrow('came 2');
    const unknown = Float64Array.of(Number.NaN);
    expect(() => chooseCalibration(Float64Array.of(0.5), unknown, random)).toThrow('0 or 1, came NaN');
    expect(() => chooseCalibration(truth, Float64Array.of(1), random)).toThrow('came 3000 and 1');
  });
});
