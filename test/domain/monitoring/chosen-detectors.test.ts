import { describe, expect, it } from 'vitest';
import { monitoringSchema } from '../../../domain/config/monitoring.js';
import { judgeTogether } from '../../../domain/monitoring/judge-together.js';
import type { ProfileInput } from '../../../domain/monitoring/profile/make-profile.js';
import { summarise } from '../../../domain/monitoring/window-verdicts.js';
import { storedProfile, table, weeks } from './rows-together.js';

const { detectors } = monitoringSchema.parse({ detectors: { multivariate: 'mmd', outliers: 'mahalanobis' } });
const profileOf = (more: Pick<ProfileInput, 'columns'> & Partial<ProfileInput>) =>
  storedProfile({ detectors, ...more });
const answers = { scores: new Float64Array(), threshold: 0.5 };
const how = { detectors, hasSkew: false, isFirst: false, answers };

/** Two numbers that rise together. */
const together = (seed: number, rows: number) =>
  table(seed, rows, (normal) => {
    const x = normal();
    return [x, 0.95 * x + 0.3 * normal()];
  });

describe('rows that lie alone by Mahalanobis', () => {
  const profile = profileOf({ columns: together(1, 6000) });

  it('are 1 % of the reference, and no excess in clean windows', () => {
    expect(profile.outliers).toMatchObject({ method: 'mahalanobis', columns: ['x', 'y'] });
    const { outliers = 0, rows = 1 } = profile.outliers?.usual ?? {};
    expect(outliers / rows).toBeCloseTo(0.01, 3);
    for (let seed = 2; seed < 12; seed += 1)
      expect(judgeTogether(profile, together(seed, 800), how).outliers?.verdict).toBe('pass');
  });

  it('are those whose numbers are usual alone, and against each other are not', () => {
    const window = table(30, 800, (normal, at) => {
      const x = normal();
      return at % 20 === 0 ? [1.5, -1.5] : [x, 0.95 * x + 0.3 * normal()];
    });
    expect(judgeTogether(profile, window, how).outliers).toMatchObject({
      verdict: 'fail',
      share: expect.closeTo(0.065, 2),
    });
  });

  it('are not looked for where no number varies', () => {
    const x = { kind: 'numeric', values: new Float64Array(6000) } as const;
    expect(profileOf({ columns: { x } }).outliers).toBeNull();
  });
});

describe('all inputs together by their discrepancy', () => {
  const profile = profileOf({ columns: together(41, 6000), windows: weeks(10, 600) });

  it('pass where nothing moved, in nearly all of twenty windows, and come to the same again', () => {
    const told = Array.from({ length: 20 }, (_, at) => together(50 + at, 800)).map(
      (window) => judgeTogether(profile, window, how).multivariate,
    );
    expect(told.filter((one) => one?.verdict === 'fail').length).toBeLessThanOrEqual(1);
    expect(told.every((one) => one?.method === 'mmd' && Math.abs(one.measure ?? 1) < 0.02)).toBe(true);
    expect(judgeTogether(profile, together(50, 800), how).multivariate).toEqual(told[0]);
  });

  it('are told apart where two of them no longer rise together, with the discrepancy as a number', () => {
    const told = judgeTogether(profile, table(91, 800), how);
    expect(told.multivariate).toMatchObject({
      verdict: 'fail',
      columns: [],
      text: expect.stringMatching(/^squared MMD 0\.\d{4}, p 0\.005 \(above /),
    });
    const window = { from: '2013-04-01T00:00:00.000Z', to: '2013-04-08T00:00:00.000Z' };
    const nothing = { skew: [], columns: [], predictions: null, scores: null };
    const { verdicts, numbers } = summarise({ line: 'inputs', window, rows: 800, ...nothing, ...told });
    expect(verdicts['multivariate']).toBe('fail');
    expect(numbers).toMatchObject({ discrepancy: told.multivariate?.measure });
    expect(numbers).not.toHaveProperty('multivariate');
  });

  it('have as their limit what the reference taught', () => {
    // Each week has its own mean, as weather has.
    const columns = table(92, 6000, (normal, at) => [
      0.7 * Math.sin(Math.floor(at / 600)) + normal(),
      normal(),
    ]);
    const seasonal = profileOf({ columns, windows: weeks(10, 600) });
    expect(seasonal.multivariate?.limit).toBeGreaterThan(0.02);
    const judged = (mean: number) =>
      judgeTogether(
        seasonal,
        table(93, 800, (normal) => [mean + normal(), normal()]),
        how,
      ).multivariate?.verdict;
    expect([judged(0.6), judged(4)]).toEqual(['pass', 'fail']);
  });

  it('say nothing of a window with too few rows or wrong data, and are not looked at without a number', () => {
    const few = judgeTogether(profile, together(94, 150), how).multivariate;
    const wrong = judgeTogether(profile, together(94, 800), { ...how, hasSkew: true }).multivariate;
    expect([few?.verdict, wrong?.verdict]).toEqual(['inconclusive', 'inconclusive']);
    const { kind } = table(95, 6000);
    expect(kind && profileOf({ columns: { kind } }).multivariate).toBeNull();
  });
});
