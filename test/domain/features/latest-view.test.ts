import { beforeEach, describe, expect, it } from 'vitest';
import { duckdbSession } from './duckdb-session.js';
import { features, fill, latestView, plainFeatures, type SourceRow } from './view-fixture.js';

const row = (t: number | null, v: number | null, k: string | null = 'a'): SourceRow => ({ k, t, v });

describe('a latest view', () => {
  const session = duckdbSession();
  const joined = async (source: readonly SourceRow[], ttl?: string, k: string | null = 'a') => {
    await fill(session, [{ k, p: 100 }], source);
    return (await features(session, latestView(ttl)))[0]?.['v'];
  };
  beforeEach(async () => await fill(session, [], []));

  it('takes the last row known at the prediction time', async () => {
    expect(await joined([row(10, 1), row(100, 2), row(101, 3)])).toBe(2);
  });

  it('takes a null of the last row, and not a value from before', async () => {
    expect(await joined([row(10, 1), row(20, null)])).toBeNull();
  });

  it('gives null for a row as old as the time to live, and a value for one a minute younger', async () => {
    expect(await joined([row(70, 1)], '30 minutes')).toBeNull();
    expect(await joined([row(71, 1)], '30 minutes')).toBe(1);
  });

  it('takes the largest of several rows of one instant, whatever order they lie in', async () => {
    expect(await joined([row(50, 3), row(50, 9), row(50, null), row(50, 5)])).toBe(9);
    expect(await joined([row(50, 9), row(50, 5), row(50, 3), row(50, null)])).toBe(9);
  });

  it('takes all columns of one row', async () => {
    await fill(session, [{ k: 'a', p: 100 }], [row(50, 3), row(50, 9)]);
    expect(await features(session, latestView())).toEqual([{ v: 9, w: 'w9' }]);
  });

  it('gives null without an entity, without rows, and for rows that never came to be known', async () => {
    expect(await joined([row(50, 1, null)], undefined, null)).toBeNull();
    expect(await joined([])).toBeNull();
    expect(await joined([row(null, 1)])).toBeNull();
  });

  it('keeps every example', async () => {
    await fill(
      session,
      [
        { k: 'a', p: 100 },
        { k: 'nobody', p: 100 },
        { k: null, p: 100 },
        { k: 'a', p: 5 },
      ],
      [row(50, 1), row(50, 2)],
    );
    expect((await features(session, latestView())).map(({ v }) => v)).toEqual([2, null, null, null]);
  });

  it('agrees with brute force on a table that has all of it', async () => {
    const source = Array.from({ length: 200 }, (_, index) =>
      row(
        index % 13 === 0 ? null : (index * 7) % 150,
        index % 5 === 0 ? null : index,
        ['a', 'b', null][index % 3] ?? null,
      ),
    );
    const spine = Array.from({ length: 60 }, (_, index) => ({
      k: ['a', 'b', 'c', null][index % 4] ?? null,
      p: index * 3,
    }));
    await fill(session, spine, source);
    for (const view of [latestView(), latestView('20 minutes')])
      expect(await features(session, view)).toEqual(await plainFeatures(session, view));
  });
});
