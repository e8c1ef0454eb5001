import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DatasetConfig } from '../../../domain/config/dataset.js';
import { splitSql } from '../../../domain/features/split-sql.js';
import { duckdbSession } from './duckdb-session.js';

type Split = DatasetConfig['split'];

const days: Split = {
  by: 'date',
  column: 'at',
  train: { from: '2013-01-08', to: '2013-01-10' },
  validation: { from: '2013-01-11', to: '2013-01-11' },
  test: { from: '2013-01-13', to: '2013-01-14' },
};

describe('the split', () => {
  const session = duckdbSession();
  const splitOf = async (split: Split, at: string) =>
    (await session.rows(`select ${splitSql(split, ['k'])} as s from (select ${at} as at, 'a' as k)`))[0]?.[
      's'
    ];
  const shares = async (split: Split, rows: number, from = 0) =>
    await session.rows(
      `select i::varchar as k, ${splitSql(split, ['k'])} as s from (select i, i::varchar as k from range(${from}, ${rows}) r(i))`,
    );

  it.each([
    [`date '2013-01-07'`, null],
    [`date '2013-01-08'`, 'train'],
    [`date '2013-01-10'`, 'train'],
    [`timestamp '2013-01-10 23:59:59.999999'`, 'train'],
    [`timestamp '2013-01-11 00:00:00'`, 'validation'],
    [`date '2013-01-12'`, null],
    [`timestamp '2013-01-14 23:59:59'`, 'test'],
    [`timestamp '2013-01-15'`, null],
    ['cast(null as date)', null],
  ])('by date puts %s into %s', async (at, wanted) => {
    expect(await splitOf(days, at)).toBe(wanted);
  });

  describe('by recent days', () => {
    const recent: Split = { by: 'recent', column: 'at', validationDays: 2, testDays: 3 };
    const found = async (split: Split, counts?: string) => {
      const rows = await session.rows(
        `select ${splitSql(split, ['k'], counts)} as s from (select date '2013-01-01' + i::int as at, i as k from range(0, 10) r(i)) order by k`,
      );
      return rows.map(({ s }) => s);
    };
    const [none, train] = [Array.from({ length: 3 }, () => null), 'train'];
    const end = ['validation', 'validation', 'test', 'test', 'test'];

    it('tests on the newest, validates on those before, and trains on the rest', async () => {
      expect(await found(recent)).toEqual([train, train, train, train, train, ...end]);
    });

    it('trains on no day before the first, and on so many as are asked for', async () => {
      expect(await found({ ...recent, from: '2013-01-04' })).toEqual([...none, train, train, ...end]);
      expect(await found({ ...recent, trainDays: 2 })).toEqual([...none, train, train, ...end]);
    });

    it('counts from the newest day whose label is known, not from the newest day', async () => {
      const known = [train, train, train, ...end];
      expect((await found(recent, 'k < 8')).slice(0, 8)).toEqual(known);
    });

    it('moves on when a day comes', async () => {
      expect(await splitOf(recent, `date '2013-01-10'`)).toBe('test');
      expect(await splitOf(recent, 'cast(null as date)')).toBeNull();
    });
  });

  it('by hash gives each split its share', async () => {
    const rows = await shares({ by: 'hash', validation: 0.2, test: 0.1, salt: '' }, 20_000);
    const count = (name: string) => rows.filter(({ s }) => s === name).length / rows.length;
    expect(count('test')).toBeCloseTo(0.1, 1);
    expect(count('validation')).toBeCloseTo(0.2, 1);
    expect(count('train')).toBeCloseTo(0.7, 1);
  });

  it('by hash leaves a row where it is when others come and go', async () => {
    const split: Split = { by: 'hash', validation: 0.2, test: 0.1, salt: 's' };
    const before = await shares(split, 300);
    const after = await shares(split, 600, 100);
    expect(after.slice(0, 200)).toEqual(before.slice(100));
  });

  it('by hash puts rows elsewhere under another salt', async () => {
    const at = async (salt: string) => await shares({ by: 'hash', validation: 0.3, test: 0.3, salt }, 300);
    expect(await at('a')).not.toEqual(await at('b'));
  });

  it('by hash takes any key and salt', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ maxLength: 64 }).filter((salt) => !salt.includes('\0')),
        async (salt) => {
          const [row] = await shares({ by: 'hash', validation: 0.3, test: 0.3, salt }, 1);
          expect(['train', 'validation', 'test']).toContain(row?.['s']);
        },
      ),
      { numRuns: 50 },
    );
  });
});
