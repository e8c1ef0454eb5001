import { describe, expect, it } from 'vitest';
import { monitoringSchema } from '../../../domain/config/monitoring.js';
import { judgeTogether } from '../../../domain/monitoring/judge-together.js';
import type { ProfileInput } from '../../../domain/monitoring/profile/make-profile.js';
import { storedProfile, table, weeks } from './rows-together.js';

const { detectors } = monitoringSchema.parse({});
const profileOf = (more: Pick<ProfileInput, 'columns'> & Partial<ProfileInput>) =>
  storedProfile({ detectors, ...more });
const answers = { scores: new Float64Array(), threshold: 0.5 };
const inAll = { detectors, hasSkew: false, isFirst: true, answers };

describe('all inputs of a window together', () => {
  const profile = profileOf({ columns: table(1, 6000), validationFrom: 4800 });

  it('pass where nothing moved, and come to the same again after the profile was stored', () => {
    const window = table(2, 800);
    const told = judgeTogether(profile, window, inAll);
    expect(told).toMatchObject({
      multivariate: { verdict: 'pass' },
      outliers: { verdict: 'pass' },
      firstWindow: { verdict: 'pass', columns: [] },
    });
    expect(judgeTogether(profile, window, inAll)).toEqual(told);
  });

  it('are told apart by what two of them do together, and name those two', () => {
    const window = table(3, 800, (normal) => {
      const x = normal();
      return [x, x];
    });
    const { multivariate } = judgeTogether(profile, window, inAll);
    expect(multivariate?.verdict).toBe('fail');
    expect(
      multivariate?.columns
        .slice(0, 2)
        .map(({ column }) => column)
        .toSorted(),
    ).toEqual(['x', 'y']);
  });

  it('hold more rows that lie alone, against the share that the reference has', () => {
    const window = table(4, 800, (normal, at) => (at % 20 === 0 ? [7, -7] : [normal(), normal()]));
    expect(judgeTogether(profile, window, inAll).outliers).toMatchObject({
      verdict: 'fail',
      share: expect.closeTo(0.06, 2),
      limit: expect.closeTo(0.02, 2),
    });
  });

  it('say nothing of a window whose data is wrong, or that has too few rows', () => {
    const wrong = judgeTogether(profile, table(5, 800), { ...inAll, hasSkew: true });
    const few = judgeTogether(profile, table(5, 150), inAll);
    for (const told of [wrong, few])
      expect([told.multivariate?.verdict, told.outliers?.verdict, told.firstWindow?.verdict]).toEqual([
        'inconclusive',
        'inconclusive',
        'inconclusive',
      ]);
  });

  it('are left out where they are turned off, and where no number is among them', () => {
    const off = { ...detectors, multivariate: 'off', outliers: 'off', firstWindow: false } as const;
    const without = profileOf({ columns: table(1, 6000), validationFrom: 4800, detectors: off });
    expect(judgeTogether(without, table(6, 800), { ...inAll, detectors: off })).toEqual({
      multivariate: null,
      outliers: null,
      firstWindow: null,
      estimated: null,
    });
    const { kind } = table(7, 6000);
    expect(kind && judgeTogether(profileOf({ columns: { kind } }), { kind }, inAll).outliers).toBeNull();
  });

  it('take nulls, infinities and a column that did not come for what they are', () => {
    const holes = table(8, 6000, (normal, at) => [
      at % 7 === 0 ? Number.NaN : at % 1000 === 1 ? Number.POSITIVE_INFINITY : normal(),
      normal(),
    ]);
    const kept = profileOf({ columns: holes });
    const { x: _, ...without } = table(9, 800);
    expect(judgeTogether(kept, holes, inAll).multivariate?.verdict).toBe('pass');
    expect(judgeTogether(kept, without, inAll).outliers?.verdict).toBe('pass');
  });
});

describe('limits of a reference whose weeks differ', () => {
  // Each week has its own mean, as weather has.
  const seasonal = table(11, 6000, (normal, at) => [
    0.7 * Math.sin(Math.floor(at / 600)) + normal(),
    normal(),
  ]);
  const profile = profileOf({ columns: seasonal, windows: weeks(10, 600), validationFrom: 5400 });

  it('are as wide as its own weeks lie apart', () => {
    const { multivariate, validation, windows } = profile;
    expect(multivariate?.limit).toBeGreaterThan(0.6);
    expect(multivariate).toMatchObject({ windows: 10, isCalibrated: false });
    expect(validation?.limits['x']).toBeGreaterThan(0.65);
    expect(validation?.limits['y']).toBe(0.6);
    expect(windows).toBe(10);
  });

  it('let the next ordinary week pass, and no week that is like none of them', () => {
    const ordinary = table(12, 800, (normal) => [0.6 + normal(), normal()]);
    const strange = table(13, 800, (normal) => [4 + normal(), normal()]);
    expect(judgeTogether(profile, ordinary, inAll)).toMatchObject({
      multivariate: { verdict: 'pass' },
      firstWindow: { verdict: 'pass' },
    });
    expect(judgeTogether(profile, strange, inAll)).toMatchObject({
      multivariate: { verdict: 'fail' },
      firstWindow: { verdict: 'fail', columns: ['x'] },
    });
  });
});

describe('a reference whose weeks have nothing in common', () => {
  it('leaves out what would tell every one of them apart', () => {
    const columns = table(14, 6000, (normal, at) => [5 * Math.floor(at / 600) + normal(), normal()]);
    const profile = profileOf({ columns, windows: weeks(10, 600) });
    expect(profile.multivariate?.limit).toBeGreaterThan(0.95);
    expect(judgeTogether(profile, table(15, 800), inAll).multivariate).toBeNull();
  });
});

describe('a profile', () => {
  it('stays under 2 MiB for 60,000 rows of 23 columns, six of them without two equal values', () => {
    const rounded = (seed: number) =>
      table(seed, 60_000, (normal) => [Math.round(normal() * 100) / 100, Math.round(normal() * 10)]);
    const columns = Object.fromEntries(
      Array.from({ length: 8 }, (_, at) =>
        Object.entries(at < 3 ? table(at, 60_000) : rounded(at)).map(([name, of]) => [`${name}${at}`, of]),
      )
        .flat()
        .slice(0, 23),
    );
    const text = JSON.stringify(profileOf({ columns, windows: weeks(9, 6000), validationFrom: 50_000 }));
    expect(text.length).toBeLessThan(2 * 2 ** 20);
  });
});
