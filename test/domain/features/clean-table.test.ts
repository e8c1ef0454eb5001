import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TableConfig, tableSchema } from '../../../domain/config/table.js';
import { stageTableSql } from '../../../domain/features/clean-table.js';
import { knownTableSql, quarantineTableSql } from '../../../domain/features/known-table.js';
import { quoteIdentifier, quoteValue } from '../../../domain/features/quote.js';
import { relations } from '../../../domain/features/relations.js';
import { duckdbSession } from './duckdb-session.js';

type Raw = Readonly<Record<string, string | null>>;

const tableOf = (changes: Record<string, unknown>): TableConfig =>
  tableSchema.parse({ version: 1, name: 'air-traffic', source: 's', rowKey: ['id'], ...changes });

describe('cleaning a table', () => {
  const session = duckdbSession();
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'clean table '));
  });
  afterAll(async () => await rm(folder, { recursive: true }));

  const stage = async (table: TableConfig, rows: readonly Raw[]) => {
    const snapshot = join(folder, 'raw.parquet');
    const columns = Object.keys(table.columns);
    const values = rows.map((row) => `(${columns.map((name) => quoteValue(row[name] ?? null)).join(', ')})`);
    const names = columns.map(quoteIdentifier).join(', ');
    const types = columns.map(
      (name) => `cast(${quoteIdentifier(name)} as varchar) as ${quoteIdentifier(name)}`,
    );
    await session.run(
      `copy (select ${types.join(', ')} from (values ${values.join(', ')}) t(${names})) to ${quoteValue(snapshot)} (format parquet)`,
    );
    await session.run(
      'create or replace table ratchet.quarantine ("table" varchar, row_key varchar, reason varchar, value varchar)',
    );
    await session.run(stageTableSql(table, snapshot));
    await session.run(quarantineTableSql(table));
  };
  const clean = async (table: TableConfig, rows: readonly Raw[], at: string | null = null) => {
    await stage(table, rows);
    await session.run(knownTableSql(table, at));
    return await session.rows(`from ${relations.table(table.name)} order by all`);
  };
  const quarantine = async () =>
    await session.rows('select row_key, reason, value from ratchet.quarantine order by all');
  const one = async (type: string, text: string | null) => {
    const rows = await clean(tableOf({ columns: { id: 'string', x: type } }), [{ id: '1', x: text }]);
    return rows.length === 0 ? 'set aside' : rows[0]?.['x'];
  };

  it.each([
    ['integer', '7', '7'],
    ['integer', ' -7 ', '-7'],
    ['integer', '7.0', '7'],
    ['integer', '3.7', 'set aside'],
    ['integer', '1e-1', 'set aside'],
    ['integer', '9223372036854775808', 'set aside'],
    ['integer', 'seven', 'set aside'],
    ['integer', '', null],
    ['double', '1e3', 1000],
    ['double', 'NaN', null],
    ['double', 'inf', 'set aside'],
    ['double', '1,5', 'set aside'],
    ['boolean', 'true', true],
    ['boolean', 'f', false],
    ['boolean', 'maybe', 'set aside'],
    ['date', '2013-02-28', '2013-02-28'],
    ['date', '2013-02-30', 'set aside'],
    ['timestamp', '2013-01-01T05:00:00Z', '2013-01-01 05:00:00'],
    ['timestamp', '2013-01-01 05:00:00-05:00', '2013-01-01 10:00:00'],
    ['timestamp', '2013-01-01 05:00:00', '2013-01-01 05:00:00'],
    ['timestamp', 'infinity', 'set aside'],
    ['string', ' as it is ', ' as it is '],
    ['string', '', ''],
  ])('reads %s from %j as %j', async (type, text, wanted) => {
    expect(await one(type, text)).toBe(wanted);
  });

  it('sets a row aside with its key, the reason and the value', async () => {
    const table = tableOf({ columns: { id: 'string', n: 'integer' } });
    expect(
      await clean(table, [
        { id: 'a', n: 'x' },
        { id: null, n: '?' },
        { id: 'b', n: '1' },
      ]),
    ).toHaveLength(1);
    expect(await quarantine()).toEqual([
      { row_key: 'a', reason: 'n: not of type integer', value: 'x' },
      { row_key: 'null', reason: 'n: not of type integer', value: '?' },
    ]);
  });

  it('trims and cases text where asked, and makes an empty one null', async () => {
    const table = tableOf({
      columns: { id: 'string', a: 'string', b: 'string' },
      clean: { normalise: { a: 'upper', b: 'trim' } },
    });
    expect(await clean(table, [{ id: '1', a: ' ab ', b: '   ' }])).toEqual([{ id: '1', a: 'AB', b: null }]);
  });

  it('makes a value outside its range null, or sets its row aside, as asked', async () => {
    const table = tableOf({
      columns: { id: 'string', wind: 'double', gust: 'double' },
      clean: {
        ranges: { wind: { min: 0, max: 150, outside: 'null' }, gust: { max: 200, outside: 'quarantine' } },
      },
    });
    const rows = [
      { id: '1', wind: '1048.36', gust: '200' },
      { id: '2', wind: '150', gust: '200.1' },
      { id: '3', wind: null, gust: null },
    ];
    expect(await clean(table, rows)).toEqual([
      { id: '1', wind: null, gust: 200 },
      { id: '3', wind: null, gust: null },
    ]);
    expect(await quarantine()).toEqual([
      { row_key: '2', reason: 'gust: outside -infinity to 200', value: '200.1' },
    ]);
  });

  describe('with duplicates', () => {
    const table = tableOf({
      columns: { id: 'string', n: 'integer', seen: 'integer' },
      clean: { duplicates: { key: ['id'], keep: 'last', orderBy: ['seen'] } },
    });
    const rows = [
      { id: 'a', n: '1', seen: '2' },
      { id: 'a', n: '9', seen: '1' },
      { id: 'b', n: '1', seen: '1' },
      { id: null, n: '1', seen: '1' },
      { id: null, n: '1', seen: '1' },
    ];

    it('keeps the last of each key and every row without one', async () => {
      expect(await clean(table, rows)).toEqual([
        { id: 'a', n: '1', seen: '2' },
        { id: 'b', n: '1', seen: '1' },
        { id: null, n: '1', seen: '1' },
        { id: null, n: '1', seen: '1' },
      ]);
      expect(await quarantine()).toEqual([{ row_key: 'a', reason: 'duplicate', value: null }]);
    });

    it('keeps the same row whatever order they come in', async () => {
      const first = await clean(table, rows);
      expect(await clean(table, [...rows].reverse())).toEqual(first);
    });

    it('keeps the first where asked', async () => {
      const first = {
        ...table,
        clean: { ...table.clean, duplicates: { key: ['id'], keep: 'first' as const, orderBy: ['seen'] } },
      };
      expect((await clean(first, rows))[0]).toEqual({ id: 'a', n: '9', seen: '1' });
    });
  });

  describe('cut at an instant', () => {
    const at = `timestamp '2020-01-02'`;

    it('leaves out rows known later, and rows that never came to be known', async () => {
      const table = tableOf({
        columns: { id: 'string', t: 'timestamp' },
        knownAt: { row: 't + interval 1 hour -- reported late' },
      });
      const rows = [
        { id: '1', t: '2020-01-01 23:00:00' },
        { id: '2', t: '2020-01-01 23:00:01' },
        { id: '3', t: null },
      ];
      expect((await clean(table, rows, at)).map(({ id }) => id)).toEqual(['1']);
      expect(await clean(table, rows)).toHaveLength(3);
    });

    it('makes values known later null and keeps the row', async () => {
      const table = tableOf({
        columns: { id: 'string', landed: 'timestamp', delay: 'integer' },
        knownAt: { columns: { delay: 'landed', landed: 'landed' } },
      });
      const rows = [
        { id: '1', landed: '2020-01-02 00:00:00', delay: '5' },
        { id: '2', landed: '2020-01-02 00:00:01', delay: '7' },
      ];
      expect(await clean(table, rows, at)).toEqual([
        { id: '1', landed: '2020-01-02 00:00:00', delay: '5' },
        { id: '2', landed: null, delay: null },
      ]);
    });

    it('keeps the row of a key that was the last one then', async () => {
      const table = tableOf({
        columns: { id: 'string', t: 'timestamp' },
        knownAt: { row: 't' },
        clean: { duplicates: { key: ['id'], keep: 'last', orderBy: ['t'] } },
      });
      const rows = [
        { id: '1', t: '2020-01-01' },
        { id: '1', t: '2020-01-03' },
      ];
      expect(await clean(table, rows, at)).toEqual([{ id: '1', t: '2020-01-01 00:00:00' }]);
      expect(await clean(table, rows)).toEqual([{ id: '1', t: '2020-01-03 00:00:00' }]);
    });
  });
});
