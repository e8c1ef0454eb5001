import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readColumns } from '../../activities/adapters/duckdb/index.js';
import { endOf, type RecordColumns, watchEnds } from '../../cli/record-ends.js';
import { writeRecord } from '../../cli/record-file.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ratchet-record-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const columns: RecordColumns = {
  inputs: [
    { name: 'x', kind: 'number' },
    { name: 'n', kind: 'integer' },
    { name: 'car"rier\\ \'', kind: 'text' },
    { name: 'wide', kind: 'json' },
  ],
  outputs: [{ name: 'late', kind: 'boolean' }],
};
const first = { ...columns, leftOut: [] };
const rowOf = (id: string, more: object = {}) => ({
  ...{ model: 'delay', version: '1', id, row: 0, at: '2026-03-01T10:00:00.123Z' },
  ...{ eventAt: '2013-04-01T00:00:00.000Z', unit: null, forFeedback: false },
  inputs: { x: 1.5, n: 1, 'car"rier\\ \'': 'AA', wide: [1, 2] },
  outputs: { late: true },
  truths: [],
  ...more,
});
const textOf = (rows: readonly object[], end: object = { end: { rows: rows.length } }) =>
  [first, ...rows, end].map((line) => `${JSON.stringify(line)}\n`).join('');

async function written(text: string, format: 'csv' | 'parquet'): Promise<string> {
  const [lines, target] = [join(folder, 'lines'), join(folder, `out.${format}`)];
  await writeFile(lines, text);
  await writeRecord({ lines, target, format, columns });
  return target;
}

describe('a record as a file', () => {
  it('has a column an input, an output and what was true, whatever they are called', async () => {
    const truths = [
      {
        source: 'a',
        truth: 1,
        reward: 0.5,
        at: '2013-04-02T00:00:00.000Z',
        receivedAt: '2026-03-02T00:00:00Z',
      },
      { source: 'b', truth: 0, reward: null, at: null, receivedAt: '2026-03-03T00:00:00Z' },
    ];
    const csv = await readFile(await written(textOf([rowOf('a', { truths }), rowOf('b')]), 'csv'), 'utf8');
    const [head, one, two, ...rest] = csv.split('\n');
    expect(head).toBe(
      'model,version,id,row,at,eventAt,unit,forFeedback,input.x,input.n,"input.car""rier\\ \'",input.wide,output.late,truth,reward,truthSource,truthAt,truthReceivedAt,truths',
    );
    expect(one).toContain(
      'delay,1,a,0,2026-03-01 10:00:00.123,2013-04-01 00:00:00,,false,1.5,1,AA,"[1,2]",true,1,0.5,a,2013-04-02 00:00:00,2026-03-02 00:00:00,',
    );
    expect(two).toMatch(/^delay,1,b,.*,true,,,,,,\[\]$/);
    expect(rest).toEqual(['']);
  });

  it('keeps digits, infinities and nulls', async () => {
    const rows = ['9007199254740993', '-9223372036854775808'].map((n, at) =>
      JSON.stringify(rowOf(`r${at}`))
        .replace('"n":1', `"n":${n}`)
        .replace('"x":1.5', '"x":"-Infinity"'),
    );
    const none = JSON.stringify(rowOf('r2', { inputs: { x: null, n: null }, outputs: {} }));
    const text = `${[JSON.stringify(first), ...rows, none, '{"end":{"rows":3}}'].join('\n')}\n`;
    const csv = await readFile(await written(text, 'csv'), 'utf8');
    expect(csv).toContain(',-inf,9007199254740993,AA,');
    expect(csv).toContain(',-inf,-9223372036854775808,AA,');
    expect(csv).toMatch(/r2,0,.*,false,,,,,,/);
    const [x] = await readColumns(await written(text, 'parquet'), ['input.x']);
    expect([...(x?.values ?? [])]).toEqual([Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN]);
  });

  it('is a table without rows where there is none', async () => {
    const csv = await readFile(await written(textOf([]), 'csv'), 'utf8');
    expect(csv.trim().split('\n')).toHaveLength(1);
    expect(await readColumns(await written(textOf([]), 'parquet'), ['input.x'])).toMatchObject([
      { name: 'input.x' },
    ]);
  });

  it('refuses a value that is none of its column, and does not make it null', async () => {
    const text = textOf([rowOf('a', { inputs: { x: 'far' } })]);
    await expect(written(text, 'csv')).rejects.toThrow(/far/);
  });

  it('holds a hundred thousand rows as it does one', async () => {
    const many = function* () {
      yield `${JSON.stringify(first)}\n`;
      for (let at = 0; at < 100_000; at += 1) yield `${JSON.stringify(rowOf(`r${at}`))}\n`;
      yield `${JSON.stringify({ end: { rows: 100_000 } })}\n`;
    };
    const [lines, target] = [join(folder, 'many'), join(folder, 'many.parquet')];
    await pipeline(Readable.from(many()), createWriteStream(lines));
    expect(await writeRecord({ lines, target, format: 'parquet', columns })).toBe(100_000);
    expect((await stat(target)).mode & 0o777).toBe(0o600);
    const [x] = await readColumns(target, ['input.x']);
    expect(x?.values).toHaveLength(100_000);
  });
});

describe('what comes of a record', () => {
  async function through(pieces: readonly string[]) {
    const ends = watchEnds();
    const passed: string[] = [];
    for await (const piece of ends.pass(Readable.from(pieces.map((text) => Buffer.from(text)))))
      passed.push(Buffer.from(piece).toString());
    return { ends, passed: passed.join('') };
  }

  it('is handed on as it is, however it is cut, with its first and last line kept', async () => {
    const text = textOf([rowOf('a'), rowOf('b')]);
    for (const size of [1, 7, 100, text.length]) {
      const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, at) =>
        text.slice(at * size, (at + 1) * size),
      );
      const { ends, passed } = await through(pieces);
      expect(passed).toBe(text);
      expect(endOf(ends)).toEqual({ first, rows: 2 });
    }
  });

  it.each([
    ['without its last line', textOf([rowOf('a')]).replace(/\{"end".*\n$/, '')],
    ['cut within its last line', textOf([rowOf('a')]).slice(0, -3)],
    ['without anything', ''],
    ['that is something else', '<html></html>\n'],
  ])('is refused %s', async (_, text) => {
    const { ends } = await through([text]);
    expect(() => endOf(ends)).toThrow(expect.objectContaining({ code: 'PART_UNAVAILABLE' }));
  });
});
