import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, describe, expect, it } from 'vitest';
import { type FileRow, fileRows } from '../../cli/feedback/file-rows.js';
import { sendRows } from '../../cli/feedback/send-rows.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';

const folder = mkdtempSync(join(tmpdir(), "ratchet what came 'true' "));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function allOf(path: string): Promise<FileRow[]> {
  const rows: FileRow[] = [];
  for await (const row of fileRows(path)) rows.push(row);
  return rows;
}

/** What was posted, and what came of it, where every row is accepted. */
async function sent(path: string, mostPosts = Number.POSITIVE_INFINITY) {
  const posts: number[] = [];
  const counts = { accepted: 0, duplicate: 0, unknown: 0 };
  const failure = await sendRows(
    fileRows(path),
    async (rows) => {
      if (posts.length >= mostPosts)
        throw new RatchetError('PART_UNAVAILABLE', 'the gateway does not answer');
      posts.push(rows.length);
      return { accepted: rows.length, duplicate: 0, unknown: 0 };
    },
    counts,
  ).then(
    () => null,
    (error: unknown) => error,
  );
  return { posts, counts, failure };
}

describe('a file of truth', () => {
  it('in CSV: quotes, empty cells, numbers, truth values and texts, and the line of each', async () => {
    const text = [
      '\uFEFFsource,prediction_id,truth,row,reward,at',
      '"the ""till"", north",a,1,,0,2026-03-01T10:00:00Z',
      '',
      ',b,true,2,-0.5,',
      ',c,"two',
      'lines",,,',
      ',d,9007199254740993,,,',
      ',e,-1.5e-3,,,',
    ].join('\r\n');
    const rows = await allOf(fileOf('truth.csv', text));
    expect(rows).toEqual([
      {
        line: 2,
        told: {
          id: 'a',
          row: 0,
          truth: 1,
          reward: 0,
          at: '2026-03-01T10:00:00Z',
          source: 'the "till", north',
        },
      },
      { line: 4, told: { id: 'b', row: 2, truth: true, reward: -0.5 } },
      { line: 5, told: { id: 'c', row: 0, truth: 'two\r\nlines' } },
      { line: 7, told: { id: 'd', row: 0, truth: '9007199254740993' } },
      { line: 8, told: { id: 'e', row: 0, truth: -0.0015 } },
    ]);
  });

  it('in NDJSON: any JSON is a truth, and empty lines are none', async () => {
    const text = '{"prediction_id":"a","truth":{"late":false}}\n\n{"prediction_id":"b","row":3,"reward":0}\n';
    expect(await allOf(fileOf('truth.ndjson', text))).toEqual([
      { line: 1, told: { id: 'a', row: 0, truth: { late: false } } },
      { line: 3, told: { id: 'b', row: 3, reward: 0 } },
    ]);
  });

  it('in Parquet: columns of any of its types', async () => {
    const path = join(folder, 'truth.parquet');
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run(`copy (
      select * from (values
        ('00000000-0000-7000-8000-000000000001'::uuid, 1::bigint, 1::tinyint, null::double, timestamp '2026-03-01 10:00:00'),
        ('00000000-0000-7000-8000-000000000002'::uuid, 0::bigint, null, 0.25, null)
      ) t(prediction_id, "row", truth, reward, "at")) to '${path.replaceAll("'", "''")}' (format parquet)`);
    connection.closeSync();
    instance.closeSync();
    expect(await allOf(path)).toEqual([
      {
        line: 1,
        told: {
          id: '00000000-0000-7000-8000-000000000001',
          row: 1,
          truth: 1,
          at: '2026-03-01T10:00:00.000Z',
        },
      },
      { line: 2, told: { id: '00000000-0000-7000-8000-000000000002', row: 0, reward: 0.25 } },
    ]);
  });

  it.each([
    ['a.csv', 'prediction_id,truth\na,1\nb\n', /^a\.csv: line 3: it has 1 fields, the header has 2$/],
    ['b.csv', 'prediction_id,label\n', /there is a column "label": allowed are prediction_id, row, truth,/],
    ['c.csv', 'truth\n1\n', /there is no column prediction_id/],
    ['d.csv', 'prediction_id,row,truth\na,-1,1\n', /line 2: row is "-1", allowed is a whole number from 0/],
    ['e.csv', 'prediction_id,truth\n,1\n', /line 2: prediction_id is missing/],
    ['f.csv', 'prediction_id,truth\na,\n', /line 2: neither truth nor reward is there/],
    ['g.csv', 'prediction_id,truth,at\na,1,yesterday\n', /line 2: at is "yesterday", allowed is a time/],
    ['h.csv', 'prediction_id,reward\na,much\n', /line 2: reward is "much", allowed is a number/],
    ['i.csv', 'prediction_id,truth\n"a,1\n', /line 2: a double quote has no end/],
    ['j.ndjson', '{"prediction_id":"a","truth":1}\n{\n', /line 2: it is no JSON/],
    ['k.ndjson', '[1]\n', /line 1: it is no object/],
    ['l.ndjson', '{"id":"a","truth":1}\n', /line 1: it has "id": allowed are prediction_id/],
    ['m.txt', '', /what it holds is not told by its name/],
    ['n.parquet', 'PAR1', /n\.parquet cannot be read/],
  ])('names what is wrong in %s', async (name, text, words) => {
    await expect(allOf(fileOf(name, text))).rejects.toThrow(words);
  });

  it('that is not there, or is empty, is told apart', async () => {
    await expect(allOf(join(folder, 'none.csv'))).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
    expect(await allOf(fileOf('empty.csv', ''))).toEqual([]);
  });
});

describe('sending it', () => {
  const lines = (count: number) => Array.from({ length: count }, (_, n) => `id-${n},${n % 2}`).join('\n');

  it('goes in batches, all of it, and once', async () => {
    const { posts, counts, failure } = await sent(fileOf('long.csv', `prediction_id,truth\n${lines(4500)}`));
    expect([posts, counts.accepted, failure]).toEqual([[2000, 2000, 500], 4500, null]);
  });

  it('a line that is none loses nothing before it, and sends nothing after it', async () => {
    const text = `prediction_id,truth\n${lines(3)}\nbad,\n${lines(3)}`;
    const { posts, counts, failure } = await sent(fileOf('bad.csv', text));
    expect([posts, counts.accepted]).toEqual([[3], 3]);
    expect(failure).toMatchObject({ code: 'REQUEST_INVALID', message: expect.stringContaining('line 5') });
  });

  it('says how much was taken where the gateway goes away', async () => {
    const { counts, failure } = await sent(fileOf('cut.csv', `prediction_id,truth\n${lines(4500)}`), 1);
    expect(counts.accepted).toBe(2000);
    expect(failure).toMatchObject({
      code: 'PART_UNAVAILABLE',
      message: expect.stringContaining('2000 rows'),
    });
  });

  it('a record without an end does not fill the memory', async () => {
    const { failure } = await sent(fileOf('quote.csv', `prediction_id,truth\n"${'x'.repeat(3_000_000)}`));
    expect(failure).toMatchObject({ message: expect.stringContaining('no end within 1 MiB') });
  });
});
