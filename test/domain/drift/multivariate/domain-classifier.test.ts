import { describe, expect, it } from 'vitest';
import type { DriftSample } from '../../../../domain/drift/column-shift.js';
import { compareColumns } from '../../../../domain/drift/compare-columns.js';
import { classifyDomains, tellsApart } from '../../../../domain/drift/multivariate/domain-classifier.js';
import { mmdTest } from '../../../../domain/drift/multivariate/mmd-test.js';
import { seededRandom } from '../../../../domain/stats/seeded-random.js';
import { bandOf, categorical, letters, normal, normals, numeric } from '../made-samples.js';

/** Standard normal columns, the first two with a correlation. */
function correlated(seed: number, rows: number, columns: number, correlation: number): Float64Array[] {
  const random = seededRandom(seed);
  const made = Array.from({ length: columns }, () => new Float64Array(rows));
  const [first, second] = made;
  for (let row = 0; row < rows; row += 1) {
    for (const column of made) column[row] = normal(random);
    if (first && second)
      second[row] = correlation * (first[row] ?? 0) + Math.sqrt(1 - correlation ** 2) * (second[row] ?? 0);
  }
  return made;
}

function samplesOf(reference: Float64Array[], current: Float64Array[]): Record<string, DriftSample> {
  return Object.fromEntries(
    reference.map((values, at) => [`c${at}`, numeric(values, current[at] ?? new Float64Array(0))]),
  );
}

const nothing = new Float64Array(500).fill(Number.NaN);

describe('the classifier that tells current rows from those of the reference', () => {
  it('finds a correlation that broke where no column by itself has moved, and names its columns', () => {
    const samples = samplesOf(correlated(1, 3000, 12, 0), correlated(2, 3000, 12, 0.8));
    expect(compareColumns(samples).every(({ verdict }) => verdict === 'pass')).toBe(true);
    const found = classifyDomains(samples, seededRandom(3));
    expect(found.verdict).toBe('fail');
    expect(found.auroc.kind === 'value' && (found.auroc.low ?? 0) > tellsApart).toBe(true);
    expect(
      found.importance
        .slice(0, 2)
        .map(({ column }) => column)
        .sort(),
    ).toEqual(['c0', 'c1']);
    expect(found.importance.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
  });

  it('raises no alarm in 40 clean windows, and leans to neither side', () => {
    let sum = 0;
    const windows = 40;
    for (let window = 0; window < windows; window += 1) {
      const samples = samplesOf(correlated(100 + window, 400, 5, 0.5), correlated(500 + window, 300, 5, 0.5));
      const { verdict, auroc } = classifyDomains(samples, seededRandom(window));
      expect(verdict).toBe('pass');
      sum += auroc.kind === 'value' ? auroc.value : Number.NaN;
    }
    expect(Math.abs(sum / windows - 0.5)).toBeLessThan(0.02);
  });

  it('gives the same answer for the same seed', () => {
    const samples = samplesOf(correlated(1, 400, 4, 0), correlated(2, 400, 4, 0.3));
    expect(classifyDomains(samples, seededRandom(5))).toEqual(classifyDomains(samples, seededRandom(5)));
  });

  it('sees nulls and categories, also those that the reference never had', () => {
    const holes = normals(2, 500).map((value, at) => (at % 3 === 0 ? Number.NaN : value));
    expect(classifyDomains({ x: numeric(normals(1, 500), holes) }, seededRandom(1)).verdict).toBe('fail');
    const unseen = letters(4, 500, 'abz');
    expect(classifyDomains({ x: categorical(letters(3, 500, 'abc'), unseen) }, seededRandom(1)).verdict).toBe(
      'fail',
    );
  });

  it('takes complete separation as drift', () => {
    const found = classifyDomains({ x: numeric(normals(1, 300), normals(2, 300, 50)) }, seededRandom(1));
    expect(found).toMatchObject({ verdict: 'fail', auroc: { kind: 'value' } });
    expect(found.auroc.kind === 'value' && found.auroc.value > 0.99).toBe(true);
  });

  it('learns nothing from constants, nulls and infinities on both sides', () => {
    const infinite = new Float64Array(500).fill(Number.POSITIVE_INFINITY);
    const constant = new Float64Array(500).fill(3);
    const found = classifyDomains(
      { a: numeric(constant, constant), b: numeric(nothing, nothing), c: numeric(infinite, infinite) },
      seededRandom(1),
    );
    expect(found).toMatchObject({ verdict: 'pass', auroc: { value: 0.5 } });
    expect(found.importance.every(({ share }) => share === 0)).toBe(true);
  });

  it('says too few instead of a number, and refuses columns of different lengths', () => {
    const few = classifyDomains({ x: numeric(normals(1, 500), normals(2, 199)) }, seededRandom(1));
    expect(few).toMatchObject({ verdict: 'inconclusive', auroc: { kind: 'undefined' } });
    expect(classifyDomains({}, seededRandom(1)).verdict).toBe('inconclusive');
    const uneven = { x: numeric(normals(1, 9), normals(2, 9)), y: numeric(normals(1, 8), normals(2, 9)) };
    expect(() => classifyDomains(uneven, seededRandom(1))).toThrow('came 8 and 9 in y');
  });
});

describe('the kernel test of two samples', () => {
  it('agrees with its definition computed by numpy', () => {
    const of = (rows: number, value: (row: number) => number) =>
      Float64Array.from({ length: rows }, (_, row) => value(row));
    const found = mmdTest(
      {
        x: numeric(
          of(24, (i) => ((i * 37) % 101) / 101),
          of(30, (i) => ((i * 29) % 89) / 89 + 0.4),
        ),
        y: numeric(
          of(24, (i) => ((i * 53) % 97) / 97),
          of(30, (i) => ((i * 31) % 83) / 83),
        ),
      },
      seededRandom(1),
    );
    if (found.kind === 'undefined') throw new Error(found.reason);
    expect(found.statistic).toBeCloseTo(0.21092266638843782, 9);
    expect(found.bandwidth).toBeCloseTo(1.9996369281748725, 9);
    expect(found.pValue).toBe(1 / 200);
  });

  it('alarms without any shift as often as its level says', () => {
    const repeats = 300;
    let alarms = 0;
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      const samples = { x: numeric(normals(2000 + repeat, 40), normals(7000 + repeat, 25)) };
      const found = mmdTest(samples, seededRandom(repeat), 99);
      if (found.kind === 'value' && found.pValue <= 0.05) alarms += 1;
    }
    expect(alarms / repeats).toBeGreaterThanOrEqual(bandOf(0.05, repeats).low);
    expect(alarms / repeats).toBeLessThanOrEqual(bandOf(0.05, repeats).high);
  });

  it('finds a broken correlation in the rows that it draws from many', () => {
    const samples = samplesOf(correlated(1, 2000, 2, 0), correlated(2, 2000, 2, 0.8));
    expect(mmdTest(samples, seededRandom(1))).toMatchObject({
      kind: 'value',
      pValue: 1 / 200,
      n: 500,
      m: 500,
    });
  });

  it('says why there is no number', () => {
    const reasons = [
      mmdTest({ x: categorical(letters(1, 99, 'ab'), letters(2, 99, 'ab')) }, seededRandom(1)),
      mmdTest({ x: numeric(normals(1, 99), normals(2, 19)) }, seededRandom(1)),
      mmdTest({ x: numeric(nothing, nothing) }, seededRandom(1)),
    ];
    expect(reasons.map((found) => (found.kind === 'undefined' ? found.reason : ''))).toEqual([
      'there are no numeric columns',
      'too few: 99 and 19 rows, at least 20 a side are needed',
      'more than half of the rows are equal',
    ]);
  });
});
