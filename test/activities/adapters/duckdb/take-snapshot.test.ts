import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { readCsvHeader } from '../../../../activities/adapters/duckdb/csv-header.js';
import { readColumns } from '../../../../activities/adapters/duckdb/index.js';
import type { JobStep } from '../../../../activities/adapters/duckdb/job.js';
import { takeSnapshot } from '../../../../activities/adapters/duckdb/take-snapshot.js';
import { jobFolder } from './job-folder.js';

type SnapshotStep = Extract<JobStep, { do: 'snapshot' }>;

describe('a snapshot', () => {
  const folder = jobFolder();
  const session = async <T>(work: (run: Awaited<ReturnType<DuckDBInstance['connect']>>) => Promise<T>) => {
    const instance = await DuckDBInstance.create(':memory:');
    try {
      const connection = await instance.connect();
      await connection.run(`set TimeZone = 'UTC'`);
      return await work(connection);
    } finally {
      instance.closeSync();
    }
  };
  const take = async (files: Record<string, string | Uint8Array>, changes: Partial<SnapshotStep> = {}) => {
    const paths: string[] = [];
    for (const [name, content] of Object.entries(files)) {
      await writeFile(folder.path(name), content);
      paths.push(folder.path(name));
    }
    const step: SnapshotStep = {
      do: 'snapshot',
      name: 't',
      table: { name: 't', columns: { x: 'integer', y: 'string' }, nullText: '' },
      format: 'csv',
      quotedNulls: false,
      files: paths,
      to: folder.path('snapshot.parquet'),
      ...changes,
    };
    const rows = await session(async (connection) => await takeSnapshot(connection, step));
    const columns = await readColumns(step.to);
    return { rows, columns: Object.fromEntries(columns.map(({ name, values }) => [name, values])) };
  };
  const sha256 = async () =>
    createHash('sha256')
      .update(await readFile(folder.path('snapshot.parquet')))
      .digest('hex');

  it('keeps the declared columns as text, in order', async () => {
    expect(await take({ 'a.csv': 'y,z,x\r\n"b, ""c""",9,2\r\nd,9,1\r\n' })).toEqual({
      rows: 2,
      columns: { x: ['1', '2'], y: ['d', 'b, "c"'] },
    });
  });

  it('is the same file for the same rows in another order and in other files', async () => {
    await take({ 'a.csv': 'x,y\n1,a\n2,b\n3,c\n' });
    const first = await sha256();
    await take({ 'a.csv': 'y,x\nc,3\n', 'b.csv': 'x,y\n2,b\n1,a\n' });
    expect(await sha256()).toBe(first);
  });

  it('takes the declared text for null', async () => {
    const table = { name: 't', columns: { x: 'integer', y: 'string' }, nullText: 'NA' } as const;
    expect((await take({ 'a.csv': 'x,y\nNA,\n1,NA\n' }, { table })).columns).toEqual({
      x: ['1', null],
      y: [null, ''],
    });
  });

  it('tells an empty text from null where a database wrote the file', async () => {
    expect((await take({ 'a.csv': 'x,y\n1,""\n2,\n' }, { quotedNulls: true })).columns['y']).toEqual([
      '',
      null,
    ]);
  });

  it('reads lines that have breaks inside quotes, and a byte order mark', async () => {
    expect((await take({ 'a.csv': '\uFEFFx,y\n1,"a\nb"\n' })).columns).toEqual({ x: ['1'], y: ['a\nb'] });
  });

  it.each([
    [
      'a row that is too short',
      'x,y\n1,a\n2\n',
      /table t: a\.csv: line 3: values came: 1, allowed: 2, as in the header/,
    ],
    [
      'a row that is too long',
      'x,y\n1,a,b\n',
      /a\.csv: line 2: values came: more than 2, allowed: 2, as in the header/,
    ],
    ['a quote that does not end', 'x,y\n1,"a\n', /a\.csv: line 2: a quoted value does not end/],
    ['lines that end in two ways', 'x,y\r\n1,a\n2,b,c\n', /a\.csv: its lines end in different ways/],
    ['two columns of one name', 'x,y,x\n1,2,3\n', /has two columns "x"/],
  ])('refuses %s', async (_, text, message) => {
    await expect(take({ 'a.csv': text })).rejects.toMatchObject({
      code: 'SOURCE_INVALID',
      message: expect.stringMatching(message),
    });
  });

  it('refuses what is not UTF-8', async () => {
    const bytes = Buffer.concat([Buffer.from('x,y\n1,'), Buffer.from([0xff, 0xfe]), Buffer.from('\n')]);
    await expect(take({ 'a.csv': bytes })).rejects.toMatchObject({
      code: 'SOURCE_INVALID',
      message: expect.stringContaining('line 2: a value is not UTF-8'),
    });
  });

  it('refuses an empty file, and one without a declared column', async () => {
    await expect(take({ 'a.csv': '' })).rejects.toMatchObject({ code: 'SOURCE_EMPTY' });
    await expect(take({ 'a.csv': 'x;y\n1;2\n' })).rejects.toMatchObject({
      code: 'DATA_TYPE',
      message: 'table t: a.csv has no column x; it has x;y',
    });
  });

  it('refuses a file that is no Parquet file, and a column of lists', async () => {
    await expect(take({ 'a.parquet': 'hello' }, { format: 'parquet' })).rejects.toMatchObject({
      code: 'SOURCE_INVALID',
    });
    await session(
      async (c) =>
        await c.run(`copy (select 1 as x, [1] as y) to '${folder.path('l.parquet')}' (format parquet)`),
    );
    await expect(
      take({ 'l.parquet': await readFile(folder.path('l.parquet')) }, { format: 'parquet' }),
    ).rejects.toMatchObject({
      code: 'DATA_TYPE',
      message: 'table t: column y of l.parquet is of type INTEGER[], which is not string',
    });
  });

  it('keeps every digit of a double and the zone of an instant from Parquet', async () => {
    const file = folder.path('p.parquet');
    await session(
      async (c) =>
        await c.run(
          `copy (select 0.1::double + 0.2 as x, timestamptz '2013-01-01 05:00:00+01' as y) to '${file}' (format parquet)`,
        ),
    );
    expect((await take({ 'p.parquet': await readFile(file) }, { format: 'parquet' })).columns).toEqual({
      x: ['0.30000000000000004'],
      y: ['2013-01-01 04:00:00+00'],
    });
  });
});

describe('the header of a CSV file', () => {
  const folder = jobFolder();
  it.each([
    ['a,b\n1,2\n', ['a', 'b']],
    ['"a ""x"", y",b\r\n', ['a "x", y', 'b']],
    ['a\r1', ['a']],
    ['a,', ['a', '']],
    ['', []],
    ['a,"b', undefined],
    ['"a"b,c\n', undefined],
    [`${'a'.repeat(70_000)},b\n`, undefined],
  ])('of %j is %j', async (text, wanted) => {
    await writeFile(folder.path('h.csv'), text);
    expect(await readCsvHeader(folder.path('h.csv'))).toEqual(wanted);
  });
});
