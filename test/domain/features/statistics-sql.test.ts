import { describe, expect, it } from 'vitest';
import type { ShapedColumn } from '../../../domain/features/column-shape.js';
import { readStatistics, statisticsSql } from '../../../domain/features/statistics-sql.js';
import { duckdbSession } from './duckdb-session.js';

const columns: ShapedColumn[] = [
  { name: 'n', type: 'double' },
  { name: 'i', type: 'integer' },
  { name: 's', type: 'string' },
  { name: 't', type: 'timestamp' },
  { name: 'b', type: 'boolean' },
];

describe('column statistics', () => {
  const session = duckdbSession();
  const of = async (rows: string) => {
    await session.run(
      `create or replace table t (n double, i bigint, s varchar, t timestamp, b boolean); ${rows}`,
    );
    return readStatistics(columns, (await session.rows(statisticsSql(columns, 't')))[0] ?? {});
  };

  it('count, bound and average what is there', async () => {
    const found = await of(
      `insert into t values (1, 9, 'b', '2013-01-02', true), (2, 9, 'a', '2013-01-01', true), (6, null, null, null, false)`,
    );
    expect(found).toEqual([
      {
        name: 'n',
        type: 'double',
        nulls: 0,
        distinct: 3,
        min: 1,
        max: 6,
        mean: 3,
        deviation: Number(Math.sqrt(7).toPrecision(12)),
      },
      { name: 'i', type: 'integer', nulls: 1, distinct: 1, min: 9, max: 9, mean: 9, deviation: 0 },
      { name: 's', type: 'string', nulls: 1, distinct: 2, min: 'a', max: 'b', mean: null, deviation: null },
      {
        name: 't',
        type: 'timestamp',
        nulls: 1,
        distinct: 2,
        min: '2013-01-01 00:00:00',
        max: '2013-01-02 00:00:00',
        mean: null,
        deviation: null,
      },
      {
        name: 'b',
        type: 'boolean',
        nulls: 0,
        distinct: 2,
        min: 'false',
        max: 'true',
        mean: null,
        deviation: null,
      },
    ]);
  });

  it('are null, not NaN, where nothing is there', async () => {
    const [n] = await of('');
    expect(n).toEqual({
      name: 'n',
      type: 'double',
      nulls: 0,
      distinct: 0,
      min: null,
      max: null,
      mean: null,
      deviation: null,
    });
  });

  it('give no deviation for one value', async () => {
    const [n] = await of('insert into t (n) values (4)');
    expect(n).toMatchObject({ mean: 4, deviation: null });
  });
});
