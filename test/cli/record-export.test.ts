import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from './run-command.js';

let server: Server;
let url: string;
let folder: string;
/** What the next request is answered with. */
let answer: (response: ServerResponse) => void;
beforeAll(async () => {
  server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/octet-stream' });
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ratchet-export-'));
  return () => rm(folder, { recursive: true, force: true });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const left = { model: 'delay', version: '1', names: ['origin'], allInputs: false };
const first = { inputs: [{ name: 'x', kind: 'number' }], outputs: [], leftOut: [left] };
const row = (id: string, x: unknown = 1.5) => ({
  ...{ model: 'delay', version: '1', id, row: 0, at: '2026-03-01T10:00:00.123Z' },
  ...{ eventAt: '2013-04-01T00:00:00.000Z', unit: null, forFeedback: false, truths: [] },
  ...{ inputs: { x }, outputs: {} },
});
const lines = (...all: readonly object[]) => all.map((line) => `${JSON.stringify(line)}\n`).join('');
const exported = (out = join(folder, 'web.csv')) => {
  const span = ['--from', '2013-04-01T00:00:00Z', '--to', '2013-05-01T00:00:00Z'];
  const env = { RATCHET_URL: url, RATCHET_TOKEN: 'any' };
  return runCommand(['monitor', 'export', 'flights/web', ...span, '--out', out], env);
};

describe('ratchet monitor export', () => {
  it('says how many rows there are and what was left out', async () => {
    answer = (response) => response.end(lines(first, row('a'), row('b'), { end: { rows: 2 } }));
    const { exitCode, stdout } = await exported();
    expect([exitCode, stdout]).toEqual([
      0,
      `${join(folder, 'web.csv')} has 2 rows\nleft out of delay@1: origin\n`,
    ]);
    expect((await readFile(join(folder, 'web.csv'), 'utf8')).split('\n')).toHaveLength(4);
    expect(await readdir(folder)).toEqual(['web.csv']);
  });

  it.each([
    [
      'whose connection is cut',
      (response: ServerResponse) => void response.write(lines(first, row('a')), () => response.destroy()),
      5,
      'the connection ended',
    ],
    [
      'that ends before its last line',
      (response: ServerResponse) => void response.end(lines(first, row('a'))),
      5,
      'before its last line',
    ],
    [
      'with fewer rows than it says',
      (response: ServerResponse) => void response.end(lines(first, row('a'), { end: { rows: 2 } })),
      1,
      '2 rows came, and the table has 1',
    ],
    [
      'with a value that is none of its column',
      (response: ServerResponse) => void response.end(lines(first, row('a', 'far'), { end: { rows: 1 } })),
      2,
      'cannot be written as a table',
    ],
    [
      'that is no record',
      (response: ServerResponse) => void response.end('<html></html>'),
      5,
      'no record of predictions',
    ],
  ])('leaves the file that was there where it gets one %s', async (_, answered, code, words) => {
    await writeFile(join(folder, 'web.csv'), 'of last week');
    answer = answered;
    const { exitCode, stdout, stderr } = await exported();
    expect([exitCode, stdout]).toEqual([code, '']);
    expect(stderr).toContain(words);
    expect(await readdir(folder)).toEqual(['web.csv']);
    expect(await readFile(join(folder, 'web.csv'), 'utf8')).toBe('of last week');
  });

  it('names a place where no file can be written', async () => {
    answer = (response) => response.end(lines(first, { end: { rows: 0 } }));
    const { exitCode, stderr } = await exported(join(folder, 'none', 'web.csv'));
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('--out names no file')]);
  });
});
