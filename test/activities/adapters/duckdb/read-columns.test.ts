import { writeFile } from 'node:fs/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { readColumnFile, writeColumnFile } from '../../../../activities/adapters/duckdb/column-file.js';
import { readColumns, readForeignColumns } from '../../../../activities/adapters/duckdb/index.js';
import { createDirectLauncher } from '../../data/direct-launcher.js';
import { jobFolder } from './job-folder.js';

async function writeParquet(select: string, path: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  try {
    await (await instance.connect()).run(`copy (${select}) to '${path}' (format parquet)`);
  } finally {
    instance.closeSync();
  }
}

const sample = `select * from (values
  (1::bigint, 1.5::double, 'a', true, timestamp '2013-01-01 05:00:00', date '2013-01-01', 1.25::decimal(5,2)),
  (null, null, null, null, null, null, null),
  (-3, 'nan'::double, 'ü', false, timestamp '2013-01-01 05:00:00.5', date '2013-12-31', 0)) t(i, d, s, b, t, day, m)`;

const wanted = [
  { name: 'i', type: 'integer', values: Float64Array.of(1, Number.NaN, -3) },
  { name: 'd', type: 'double', values: Float64Array.of(1.5, Number.NaN, Number.NaN) },
  { name: 's', type: 'string', values: ['a', null, 'ü'] },
  { name: 'b', type: 'boolean', values: Float64Array.of(1, Number.NaN, 0) },
  { name: 't', type: 'timestamp', values: ['2013-01-01T05:00:00Z', null, '2013-01-01T05:00:00.5Z'] },
  { name: 'day', type: 'date', values: ['2013-01-01', null, '2013-12-31'] },
  { name: 'm', type: 'double', values: Float64Array.of(1.25, Number.NaN, 0) },
];

describe('reading columns', () => {
  const folder = jobFolder();
  const launcher = createDirectLauncher();
  const foreign = async (path: string, columns: readonly string[]) =>
    await readForeignColumns(launcher, { path, columns, folder: folder.path(), key: 'k', fence: 1 });

  it('gives numbers with NaN for null, and texts', async () => {
    const path = folder.path('a.parquet');
    await writeParquet(sample, path);
    expect(await readColumns(path)).toEqual(wanted);
    expect(await readColumns(path, ['s', 'i'])).toEqual([wanted[2], wanted[0]]);
  });

  it('gives the same through a child process for a file of others', async () => {
    const path = folder.path('a.parquet');
    await writeParquet(sample, path);
    expect(
      await foreign(
        path,
        wanted.map(({ name }) => name),
      ),
    ).toEqual(wanted);
  });

  it('keeps the order of many rows over many row groups', async () => {
    const path = folder.path('many.parquet');
    await writeParquet('select i, i::varchar as s from range(50000) r(i) order by i', path);
    const [numbers, texts] = await readColumns(path, ['i', 's']);
    expect(numbers?.values).toEqual(Float64Array.from({ length: 50_000 }, (_, index) => index));
    expect(texts?.values.at(-1)).toBe('49999');
  });

  it('gives empty columns for a file without rows', async () => {
    const path = folder.path('none.parquet');
    await writeParquet('select 1::double as d, 2 as i, cast(3 as varchar) as s where false', path);
    expect((await readColumns(path)).map(({ values }) => values.length)).toEqual([0, 0, 0]);
  });

  it('refuses a column that is not there or has no platform type', async () => {
    const path = folder.path('a.parquet');
    await writeParquet('select 1 as a, [1, 2] as l', path);
    await expect(readColumns(path, ['nope'])).rejects.toMatchObject({
      code: 'DATA_TYPE',
      message: expect.stringContaining('no column nope'),
    });
    await expect(readColumns(path, ['l'])).rejects.toMatchObject({ code: 'DATA_TYPE' });
    await expect(foreign(path, ['nope'])).rejects.toMatchObject({
      code: 'OUTPUT_INVALID',
      message: expect.stringContaining('no column nope'),
    });
  });

  it.each([
    ['an empty file', ''],
    ['text', 'hello, world'],
    ['a Parquet mark with junk inside', `PAR1${'\xff'.repeat(64)}PAR1`],
  ])('refuses %s from others', async (_, content) => {
    const path = folder.path('junk.parquet');
    await writeFile(path, content, 'latin1');
    await expect(foreign(path, ['a'])).rejects.toMatchObject({ code: 'OUTPUT_INVALID' });
  });
});

describe('the file of columns', () => {
  const folder = jobFolder();

  it('gives back what was written', async () => {
    const path = folder.path('c.bin');
    const columns = [
      { name: 'n', type: 'double' as const, values: Float64Array.of(1, Number.NaN, -0.5) },
      { name: 's', type: 'string' as const, values: ['a', null, '"ü'] },
      { name: 'e', type: 'string' as const, values: [] },
    ];
    await writeColumnFile(path, columns);
    expect(await readColumnFile(path)).toEqual(columns);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    [
      'a header that promises more than there is',
      withHeader([{ name: 'n', type: 'double', kind: 'numbers', bytes: 800 }]),
    ],
    [
      'a number of bytes that is not whole',
      withHeader([{ name: 'n', type: 'double', kind: 'numbers', bytes: 4 }], 4),
    ],
    ['texts that are no texts', withHeader([{ name: 's', type: 'string', kind: 'texts', bytes: 8 }], 8)],
    ['a header of another form', withHeader([{ name: 1 }])],
  ])('refuses %s', async (_, bytes) => {
    const path = folder.path('c.bin');
    await writeFile(path, bytes);
    await expect(readColumnFile(path)).rejects.toMatchObject({ code: 'OUTPUT_INVALID' });
  });
});

function withHeader(header: unknown, body = 0): Buffer {
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeUInt32LE(text.length);
  return Buffer.concat([length, text, Buffer.alloc(body)]);
}
