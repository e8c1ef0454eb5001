import { describe, expect, it } from 'vitest';
import { categoryBins, countCategories } from '../../../domain/drift/category-bins.js';
import { compareColumns } from '../../../domain/drift/compare-columns.js';
import { countNumeric, numericBins } from '../../../domain/drift/numeric-bins.js';
import { categorical, letters, normals, numeric } from './made-samples.js';

describe('columns of a window against their reference', () => {
  it('names the columns that moved and leaves those in peace that did not', () => {
    const found = compareColumns({
      moved: numeric(normals(1, 5000), normals(2, 2000, 0.4)),
      steady: numeric(normals(3, 5000), normals(4, 2000)),
      skewed: categorical(letters(5, 5000, 'abc'), letters(6, 2000, 'aaab')),
      even: categorical(letters(7, 5000, 'abc'), letters(8, 2000, 'abc')),
    });
    const verdicts = Object.fromEntries(found.map(({ column, verdict }) => [column, verdict]));
    expect(verdicts).toEqual({ moved: 'fail', steady: 'pass', skewed: 'fail', even: 'pass' });
  });

  it('does not alarm for a difference that is certain but too small to matter', () => {
    const [found] = compareColumns({ slight: numeric(normals(1, 60_000), normals(2, 60_000, 0.05)) });
    expect(found?.pAdjusted).toBeLessThan(1e-6);
    expect(found?.verdict).toBe('pass');
  });

  it('raises a false alarm in at most 5 of 100 clean windows of 20 columns, also of unequal sizes', () => {
    let alarms = 0;
    for (let window = 0; window < 100; window += 1) {
      const samples = Object.fromEntries(
        Array.from({ length: 20 }, (_, at) => [
          `c${at}`,
          numeric(normals(1000 + at, 2000), normals(5000 + window * 20 + at, 500)),
        ]),
      );
      if (compareColumns(samples).some(({ verdict }) => verdict === 'fail')) alarms += 1;
    }
    expect(alarms).toBeLessThanOrEqual(5);
  });

  it('says too few instead of a number, and never that the column is stable', () => {
    const few = compareColumns({
      numbers: numeric(normals(1, 5000), normals(2, 199)),
      text: categorical(letters(3, 199, 'ab'), letters(4, 5000, 'ab')),
      nothing: numeric(new Float64Array(0), normals(2, 500)),
      nulls: numeric(normals(1, 500), new Float64Array(500).fill(Number.NaN)),
    });
    expect(few.map(({ verdict }) => verdict)).toEqual(Array(4).fill('inconclusive'));
    expect(few[0]?.text).toContain('5000 and 199');
  });

  it('says too few where no category is expected five times, and never that the column is stable', () => {
    const names = (step: number) => Array.from({ length: 200 }, (_, at) => `k${(at * step) % 50}`);
    const [found] = compareColumns({ many: categorical(names(1), names(7)) });
    expect(found).toMatchObject({ verdict: 'inconclusive', text: expect.stringContaining('no category') });
  });

  it('gives no stability index where its own noise would reach the limit', () => {
    const [few] = compareColumns({ x: numeric(normals(1, 400), normals(2, 300)) });
    expect(few?.stability).toMatchObject({ kind: 'undefined' });
    const [many] = compareColumns({ x: numeric(normals(1, 2000), normals(2, 2000)) });
    expect(many?.stability.kind === 'value' && many.stability.value < 0.1).toBe(true);
  });

  it('sees a column that becomes null', () => {
    const current = normals(2, 3000).map((value, at) => (at % 5 < 2 ? Number.NaN : value));
    const [found] = compareColumns({ x: numeric(normals(1, 3000), current) });
    expect(found?.stability.kind === 'value' && found.stability.value > 1).toBe(true);
  });
});

describe('bins that a reference froze', () => {
  it('count what lies below, above and nowhere, and windows can be added', () => {
    const bins = numericBins(Float64Array.from({ length: 100 }, (_, at) => at));
    if (!bins) throw new Error('the reference has values');
    const window = Float64Array.from([-1, 0, 50, 99, 100, Number.NaN]);
    const counts = countNumeric(bins, window);
    expect([counts.at(0), counts.at(-2), counts.at(-1)]).toEqual([1, 1, 1]);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(6);
    const halves = [window.slice(0, 2), window.slice(2)].map((part) => countNumeric(bins, part));
    expect(counts).toEqual(counts.map((_, at) => (halves[0]?.[at] ?? 0) + (halves[1]?.[at] ?? 0)));
    expect(countNumeric(JSON.parse(JSON.stringify(bins)), window)).toEqual(counts);
  });

  it('count infinities below and above, also where the reference has some', () => {
    const bins = numericBins([Number.NEGATIVE_INFINITY, 1, 2, 3, Number.POSITIVE_INFINITY]);
    expect(bins).toMatchObject({ min: 1, max: 3 });
    if (!bins) throw new Error('the reference has values');
    const counts = countNumeric(bins, [Number.NEGATIVE_INFINITY, 2, Number.POSITIVE_INFINITY]);
    expect([counts.at(0), counts.at(-2), counts.at(-1)]).toEqual([1, 1, 0]);
  });

  it('count categories that the reference did not know as unseen', () => {
    const bins = categoryBins(['a', 'a', 'b', null]);
    if (!bins) throw new Error('the reference has values');
    expect([...countCategories(bins, ['a', 'b', 'z', null])]).toEqual([1, 1, 0, 1, 1]);
  });

  it('are one where a column has a single value', () => {
    const bins = numericBins(new Float64Array(50).fill(3));
    expect(bins?.edges).toEqual([]);
    expect(numericBins(new Float64Array(3).fill(Number.NaN))).toBeUndefined();
  });
});
