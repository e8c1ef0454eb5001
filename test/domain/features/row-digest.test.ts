import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ShapedColumn } from '../../../domain/features/column-shape.js';
import { quoteValue } from '../../../domain/features/quote.js';
import { digestSubject, orderedDigestSql, rowsDigestSql } from '../../../domain/features/row-digest.js';
import { duckdbSession } from './duckdb-session.js';

const columns: ShapedColumn[] = [
  { name: 'a', type: 'string' },
  { name: 'b', type: 'string' },
  { name: 'n', type: 'double' },
];
type Row = readonly [string | null, string | null, number | null];

const text = fc.option(
  fc.oneof(
    fc.string({ maxLength: 5 }).filter((value) => !value.includes('\0')),
    fc.constantFrom('~', '|', '1:a', ''),
  ),
  { nil: null },
);
const row: fc.Arbitrary<Row> = fc.tuple(
  text,
  text,
  fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }), { nil: null }),
);

describe('the digest of rows', () => {
  const one = duckdbSession(1);
  const four = duckdbSession(4);
  const digest = async (rows: readonly Row[], session = one) => {
    const values = rows.map((cells) => `(${cells.map((cell) => quoteValue(cell)).join(', ')})`).join(', ');
    await session.run('create or replace table t (a varchar, b varchar, n double)');
    if (rows.length > 0) await session.run(`insert into t values ${values}`);
    return (await session.rows(rowsDigestSql(columns, 't')))[0];
  };

  it('does not depend on the order of rows or the number of threads', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 12 }), async (rows) => {
        expect(await digest([...rows].reverse(), four)).toEqual(await digest(rows));
      }),
      { numRuns: 100 },
    );
  });

  it('is another for other rows', async () => {
    const canonical = (rows: readonly Row[]) =>
      JSON.stringify(
        [...rows].map((cells) => JSON.stringify(cells.map((cell) => (cell === 0 ? 0 : cell)))).sort(),
      );
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { maxLength: 4 }),
        fc.array(row, { maxLength: 4 }),
        async (left, right) => {
          const same = canonical(left) === canonical(right);
          expect((await digest(left))?.['digest'] === (await digest(right))?.['digest']).toBe(same);
        },
      ),
      { numRuns: 150 },
    );
  });

  it.each<readonly [string, readonly Row[], readonly Row[]]>([
    ['null and the sign for null', [[null, '', 0]], [['~', '', 0]]],
    ['null and an empty text', [[null, 'x', 0]], [['', 'x', 0]]],
    ['texts that join to the same', [['a|1:b', 'c', 0]], [['a', 'b|1:c', 0]]],
    [
      'one row and the same row twice',
      [['a', 'b', 1]],
      [
        ['a', 'b', 1],
        ['a', 'b', 1],
      ],
    ],
    ['neighbouring doubles', [['a', 'b', 0.1]], [['a', 'b', 0.10000000000000002]]],
  ])('tells %s apart', async (_, left, right) => {
    expect(await digest(left)).not.toEqual(await digest(right));
  });

  it('takes a negative zero for a zero', async () => {
    expect(await digest([['a', 'b', -0]])).toEqual(await digest([['a', 'b', 0]]));
  });

  it('has a value for no rows', async () => {
    expect(await digest([])).toMatchObject({ rows: '0', digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it('does not depend on the Parquet file the rows came from', async () => {
    const typed: ShapedColumn[] = [
      { name: 'i', type: 'integer' },
      { name: 'd', type: 'double' },
      { name: 't', type: 'timestamp' },
      { name: 'day', type: 'date' },
      { name: 'b', type: 'boolean' },
    ];
    const rows = `select i, i / 7.0 as d, timestamp '2013-01-01' + to_seconds(i) as t, date '2013-01-01' + i::int as day, i % 2 = 0 as b from range(5000) r(i)`;
    const folder = await mkdtemp(join(tmpdir(), 'row digest '));
    const sizes = [2048, 4096];
    const digests: unknown[] = [];
    for (const size of sizes) {
      const file = join(folder, `${size}.parquet`);
      await four.run(
        `copy (${rows} order by hash(i + ${size})) to '${file}' (format parquet, row_group_size ${size})`,
      );
      digests.push((await four.rows(rowsDigestSql(typed, `read_parquet('${file}')`)))[0]);
    }
    await rm(folder, { recursive: true });
    expect(digests[0]).toEqual(digests[1]);
  });

  it('in order is another for another order', async () => {
    const ordered = async (by: string) =>
      (
        await one.rows(
          orderedDigestSql(
            [{ name: 'v', type: 'integer' }],
            `(select row_number() over (order by ${by}) - 1 as p, i as v from range(200000) r(i))`,
            'p',
          ),
        )
      )[0]?.['digest'];
    expect(await ordered('i')).toBe(await ordered('i asc'));
    expect(await ordered('i')).not.toBe(await ordered('i desc'));
  });

  it('stands beside the names and types of the columns', () => {
    const rows = { rows: 1, digest: 'd' };
    expect(digestSubject(columns, rows)).not.toEqual(digestSubject([...columns].reverse(), rows));
  });
});
