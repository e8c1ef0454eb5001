import { beforeEach, describe, expect, it } from 'vitest';
import { duckdbSession } from './duckdb-session.js';
import { features, fill, plainFeatures, type SourceRow, windowView } from './view-fixture.js';

const row = (t: number | null, v: number | null, k: string | null = 'a'): SourceRow => ({ k, t, v });

describe('a window view', () => {
  const session = duckdbSession();
  const view = windowView('60 minutes');
  const joined = async (source: readonly SourceRow[], p = 100, k: string | null = 'a') => {
    await fill(session, [{ k, p }], source);
    return (await features(session, view))[0];
  };
  beforeEach(async () => await fill(session, [], []));

  it('counts a row known at the prediction time itself', async () => {
    expect(await joined([row(100, 4)])).toEqual({ mean: 4, sum: 4, counted: '1', rows: '1' });
  });

  it('leaves out a row known just after the prediction time', async () => {
    expect(await joined([row(101, 4)])).toEqual({ mean: null, sum: null, counted: '0', rows: '0' });
  });

  it('leaves out a row as old as the window, and counts one a minute younger', async () => {
    expect(await joined([row(40, 4), row(41, 6)])).toEqual({ mean: 6, sum: 6, counted: '1', rows: '1' });
  });

  it('counts all rows of one instant', async () => {
    expect(await joined([row(90, 1), row(90, 2), row(90, 6)])).toEqual({
      mean: 3,
      sum: 9,
      counted: '3',
      rows: '3',
    });
  });

  it('leaves nulls out of mean, sum and count of the column', async () => {
    expect(await joined([row(90, null), row(95, 5)])).toEqual({ mean: 5, sum: 5, counted: '1', rows: '2' });
  });

  it('gives null for the mean of nulls only', async () => {
    expect(await joined([row(90, null)])).toEqual({ mean: null, sum: null, counted: '0', rows: '1' });
  });

  it('counts none where the window is empty but earlier rows are there', async () => {
    expect(await joined([row(1, 7)])).toEqual({ mean: null, sum: null, counted: '0', rows: '0' });
  });

  it('joins no row to an example without an entity, not even rows without one', async () => {
    const without = await joined([row(90, 1, null)], 100, null);
    expect(without).toEqual({ mean: null, sum: null, counted: null, rows: null });
  });

  it('leaves out rows that never came to be known', async () => {
    expect(await joined([row(null, 9), row(99, 1)])).toMatchObject({ mean: 1, rows: '1' });
  });

  it('keeps every example, also those of entities without rows', async () => {
    const spine = [
      { k: 'a', p: 100 },
      { k: 'nobody', p: 100 },
      { k: null, p: 100 },
      { k: 'a', p: 100 },
    ];
    await fill(session, spine, [row(90, 1), row(95, 2), row(95, 3)]);
    expect((await features(session, view)).map(({ rows }) => rows)).toEqual(['3', '0', null, '3']);
  });

  it('gives no row for no example, and nulls where there is no source row at all', async () => {
    expect(await features(session, view)).toEqual([]);
    expect(await joined([])).toEqual({ mean: null, sum: null, counted: '0', rows: '0' });
  });

  it('adds without error where a running total of doubles would lose the window', async () => {
    const source = [row(1, 1e15), row(2, 0.1), row(90, 0.1), row(91, 0.2), row(92, -0.3)];
    const found = await joined(source);
    await fill(session, [{ k: 'a', p: 100 }], source.slice(2));
    const [alone] = await features(session, view);
    expect(found).toEqual(alone);
    expect(Math.abs(Number(found?.['sum']))).toBeLessThan(1e-16);
  });

  it('is exact for sums of whole numbers', async () => {
    const source = Array.from({ length: 50 }, (_, index) => row(50 + index, 9_007_199_254_740 + index));
    expect((await joined(source))?.['sum']).toBe(source.reduce((sum, { v }) => sum + (v ?? 0), 0));
  });

  it('refuses a total that 128 bits cannot hold, rather than give a wrong one', async () => {
    await expect(joined([row(90, 1e20), row(91, 1e20)])).rejects.toThrow(/out of range/i);
  });

  it('refuses an infinite value', async () => {
    await fill(session, [{ k: 'a', p: 100 }], [row(90, 1)]);
    await session.run(`update source set v = 'inf'::double`);
    await expect(features(session, view)).rejects.toThrow(/out of range/i);
  });

  it('agrees with brute force on a table that has all of it', async () => {
    const source = Array.from({ length: 200 }, (_, index) =>
      row(
        index % 17 === 0 ? null : (index * 7) % 150,
        index % 5 === 0 ? null : index / 7,
        ['a', 'b', null][index % 3] ?? null,
      ),
    );
    const spine = Array.from({ length: 60 }, (_, index) => ({
      k: ['a', 'b', 'c', null][index % 4] ?? null,
      p: index * 3,
    }));
    await fill(session, spine, source);
    const fast = await features(session, view);
    const plain = await plainFeatures(session, view);
    expect(fast).toHaveLength(60);
    for (const [index, found] of fast.entries()) {
      expect({ ...found, mean: 0, sum: 0 }).toEqual({ ...plain[index], mean: 0, sum: 0 });
      for (const name of ['mean', 'sum'])
        if (found[name] === null) expect(plain[index]?.[name]).toBeNull();
        else expect(found[name]).toBeCloseTo(Number(plain[index]?.[name]), 9);
    }
  });
});
