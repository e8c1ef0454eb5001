import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { BlockBuffer } from '../../../serving/record/block-buffer.js';
import { readBlocks, recordsOf } from '../../../serving/record/read-blocks.js';
import { recordKinds } from '../../../serving/record/record-format.js';
import type { Segment } from '../../../serving/record/segment-files.js';
import { asideOf, Spool, type SpoolOptions } from '../../../serving/record/spool.js';

const folders: string[] = [];
const spools: Spool[] = [];
afterEach(async () => {
  for (const spool of spools.splice(0)) {
    await spool.flushed();
    spool.close();
  }
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ratchet spool '));
  folders.push(folder);
  return folder;
}

function open(folder: string, changes: Partial<SpoolOptions> = {}) {
  const closed: Segment[] = [];
  const troubles: unknown[] = [];
  const spool = new Spool({
    folder,
    mostBytes: 100_000,
    segmentBytes: 50_000,
    segmentMs: 3_600_000,
    onDue: () => undefined,
    onClosed: (segment) => closed.push(segment),
    onTrouble: (error) => troubles.push(error),
    ...changes,
  });
  spools.push(spool);
  return { spool, closed, troubles };
}

function block(...texts: readonly string[]): Buffer {
  const buffer = new BlockBuffer();
  for (const text of texts) {
    buffer.begin(recordKinds.feedback);
    buffer.raw(Buffer.from(text));
    buffer.end(true);
  }
  return Buffer.from(buffer.seal());
}

const textsIn = (path: string) =>
  readBlocks(readFileSync(path)).blocks.flatMap(({ body }) =>
    [...recordsOf(body)].map(({ bytes }) => bytes.toString()),
  );
const files = (folder: string) => readdirSync(folder).filter((name) => /open|spool/.test(name));

/** A spool that was left as by a server that was killed. */
function killed(folder: string, ...blocks: readonly Buffer[]): string {
  const { spool } = open(folder);
  for (const each of blocks) spool.write(each, 1);
  spool.close();
  return join(folder, files(folder)[0] ?? '');
}

test('records are read as they were written, in order, over many segments', async () => {
  const folder = newFolder();
  const { spool, closed } = open(folder, { segmentBytes: 100 });
  const texts = Array.from({ length: 40 }, (_, i) => `${i}`.padStart(30, '.'));
  for (const text of texts) spool.write(block(text), 1);
  await spool.flushed();
  expect(closed.flatMap(({ name }) => textsIn(join(folder, name)))).toEqual(texts);
  expect(closed.length).toBeGreaterThan(10);
  expect(closed.map(({ number }) => number)).toEqual(
    closed.map(({ number }) => number).toSorted((a, b) => a - b),
  );
  expect(spool.records).toBe(40);
  expect(spool.bytes).toBe(closed.reduce((sum, { bytes }) => sum + bytes, 0));
  for (const { name } of closed) spool.removed(name, 0);
  expect([spool.records, spool.bytes, spool.oldestAtMs()]).toEqual([0, 0, null]);
});

test.each([1, 4, 8, 13, 30])(
  'a block of which all but the last %i bytes were written is cut off, those before it stay',
  (missing) => {
    const folder = newFolder();
    const path = killed(folder, block('one', 'two'), block('three, of some length'));
    truncateSync(path, readFileSync(path).length - missing);
    const { spool } = open(folder);
    expect(spool.tornBytes).toBeGreaterThan(0);
    const [name] = files(folder);
    expect(name).toMatch(/^\d{15}-2\.spool$/);
    expect(textsIn(join(folder, name ?? ''))).toEqual(['one', 'two']);
    expect(spool.undelivered()).toMatchObject([{ records: 2, name }]);
  },
);

test('a tail of zeros, as a lost machine leaves it, is cut off', () => {
  const folder = newFolder();
  appendFileSync(killed(folder, block('one')), Buffer.alloc(4096));
  const { spool } = open(folder);
  expect([spool.tornBytes, spool.records]).toEqual([4096, 1]);
});

test('a segment in which nothing is whole is taken away, and is told in bytes', () => {
  const folder = newFolder();
  writeFileSync(join(folder, '000000000000007.open'), 'RATS');
  const { spool } = open(folder);
  expect([spool.tornBytes, spool.records, files(folder)]).toEqual([4, 0, []]);
});

test('a server that comes after goes on behind what is there, also where its clock is behind', async () => {
  const folder = newFolder();
  writeFileSync(
    join(folder, '900000000000000-1.spool'),
    Buffer.concat([Buffer.from('RATSPL1\n'), block('old')]),
  );
  const { spool, closed } = open(folder);
  spool.write(block('new'), 1);
  await spool.flushed();
  expect(closed.map(({ number }) => number)).toEqual([900_000_000_000_001]);
  expect(spool.undelivered().map(({ records }) => records)).toEqual([1, 1]);
});

test('two servers do not share a folder, and one that has ended leaves it to the next', () => {
  const folder = newFolder();
  const other = `1 ${readFileSync('/proc/1/stat', 'utf8').split(') ')[1]?.split(' ')[19]}`;
  writeFileSync(join(folder, 'owner'), other);
  expect(() => open(folder)).toThrow(/RATCHET_SERVING_SPOOL_DIR is .*, which process 1 uses/);
  writeFileSync(join(folder, 'owner'), '1 12345');
  expect(open(folder).spool.records).toBe(0);
});

test('what was set aside counts to what the folder may hold', () => {
  const folder = newFolder();
  open(folder).spool.close();
  writeFileSync(join(asideOf(folder), 'x.json'), 'a'.repeat(90_000));
  const { spool } = open(folder);
  expect([spool.hasRoomFor(5_000), spool.hasRoomFor(50_000)]).toEqual([true, false]);
});
