import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { matchDatabase } from '../../../activities/images/match-database.js';
import { defaultZipLimits, readZip, type ZipLimits } from '../../../activities/images/read-zip.js';
import type { SoftwarePackage } from '../../../domain/supply/inventory.js';
import { type MadeFile, makeZip } from './make-zip.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'advisories '));
});
afterEach(() => rm(folder, { recursive: true }));

const left: SoftwarePackage = { ecosystem: 'npm', name: 'left', version: '1.0.0', place: 'x' };
const bash: SoftwarePackage = { ecosystem: 'Debian:12', name: 'bash', version: '5.2-1', place: 'y' };

function advisory(id: string, ecosystem: string, name: string, changed: object = {}): MadeFile {
  const ranges = [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '9.0.0' }] }];
  const entry = {
    id,
    modified: '2026-11-01T00:00:00Z',
    affected: [{ package: { ecosystem, name }, ranges }],
    ...changed,
  };
  return { name: `${id}.json`, content: JSON.stringify(entry) };
}

async function put(path: string, content: string | Buffer): Promise<void> {
  await mkdir(join(folder, path, '..'), { recursive: true });
  await writeFile(join(folder, path), content);
}

const putZip = (path: string, ...files: MadeFile[]) => put(path, makeZip(files));
const ids = (findings: readonly { id: string }[]) => findings.map(({ id }) => id);

describe('a folder of advisories', () => {
  it('is asked as osv-scanner lays it out, packed or not, and in a folder of its name', async () => {
    await putZip(
      'npm/all.zip',
      advisory('RATCHET-SAMPLE-1', 'npm', 'left'),
      advisory('RATCHET-SAMPLE-2', 'npm', 'right'),
    );
    await put(
      'osv-scanner/Debian/RATCHET-SAMPLE-3.json',
      String(advisory('RATCHET-SAMPLE-3', 'Debian:12', 'bash').content),
    );
    const { database, findings } = await matchDatabase(folder, [left, bash]);
    expect(ids(findings)).toEqual(['RATCHET-SAMPLE-1', 'RATCHET-SAMPLE-3']);
    expect(database).toEqual({
      kind: 'read',
      newestAt: '2026-11-01T00:00:00Z',
      advisories: 3,
      missing: [],
      unclear: [],
    });
  });

  it('is as old as the ecosystem that waited longest for news, unless it says when it was fetched', async () => {
    await putZip(
      'npm/all.zip',
      advisory('A', 'npm', 'x'),
      advisory('B', 'npm', 'x', { modified: '2026-11-20T00:00:00Z' }),
    );
    await putZip('Debian:12/all.zip', advisory('C', 'Debian:12', 'x', { modified: '2026-11-10T00:00:00Z' }));
    expect((await matchDatabase(folder, [left, bash])).database).toMatchObject({
      newestAt: '2026-11-10T00:00:00Z',
    });
    await put('metadata.json', '{"updatedAt":"2026-11-27T00:00:00Z"}');
    expect((await matchDatabase(folder, [left, bash])).database).toMatchObject({
      newestAt: '2026-11-27T00:00:00Z',
    });
  });

  it('names the ecosystems that it has nothing about, also where their archive is empty', async () => {
    await putZip('npm/all.zip');
    expect((await matchDatabase(folder, [left, bash])).database).toMatchObject({
      missing: ['Debian:12', 'npm'],
      newestAt: null,
    });
  });

  it('names the advisories that cannot be applied', async () => {
    await putZip(
      'npm/all.zip',
      advisory('GIT-ONLY', 'npm', 'left', { affected: [{ package: { ecosystem: 'npm', name: 'left' } }] }),
    );
    expect((await matchDatabase(folder, [left])).database).toMatchObject({
      unclear: ['GIT-ONLY about left 1.0.0'],
    });
  });

  it('that was not given is absent', async () => {
    expect(await matchDatabase(null, [left])).toEqual({ database: { kind: 'absent' }, findings: [] });
  });

  it.each<[string, () => Promise<void>, RegExp]>([
    [
      'an advisory that is none',
      () => putZip('npm/all.zip', { name: 'a.json', content: '{"id":7}' }),
      /a\.json is no advisory/,
    ],
    ['an advisory that is no JSON', () => put('npm/a.json', 'x'), /a\.json is no advisory/],
    ['an archive that is none', () => put('npm/all.zip', 'not a zip'), /no directory/],
    [
      'a date that is none',
      async () => {
        await putZip('npm/all.zip', advisory('A', 'npm', 'left'));
        await put('metadata.json', '{"updatedAt":"yesterday"}');
      },
      /cannot be used/,
    ],
  ])('with %s is broken, and tells nothing', async (_, make, reason) => {
    await make();
    const { database, findings } = await matchDatabase(folder, [left]);
    expect([database, findings]).toEqual([{ kind: 'broken', reason: expect.stringMatching(reason) }, []]);
  });

  it('that is not there, or is a file, is broken', async () => {
    expect((await matchDatabase(join(folder, 'nothing'), [left])).database.kind).toBe('broken');
    await put('file', '');
    expect((await matchDatabase(join(folder, 'file'), [left])).database).toMatchObject({
      reason: expect.stringMatching(/allowed is a folder/),
    });
  });
});

describe('a zip archive', () => {
  async function read(archive: Buffer, limits: ZipLimits = defaultZipLimits): Promise<[string, string][]> {
    await put('some.zip', archive);
    const handle = await open(join(folder, 'some.zip'));
    try {
      const files: [string, string][] = [];
      for await (const { name, content } of readZip(handle, limits))
        files.push([name, content.toString('utf8')]);
      return files;
    } finally {
      await handle.close();
    }
  }

  const files = [
    { name: 'a.json', content: 'one' },
    { name: 'b.json', content: 'two'.repeat(9000), isStored: true },
    { name: 'empty', content: '' },
  ];

  it('reads the same small and large', async () => {
    const expected = files.map(({ name, content }) => [name, content]);
    expect(await read(makeZip(files))).toEqual(expected);
    expect(await read(makeZip(files, true))).toEqual(expected);
    expect(await read(Buffer.concat([makeZip([]), Buffer.from('')]))).toEqual([]);
  });

  it('of another program reads too', async () => {
    await put('in/a.json', 'one');
    await put('in/b.json', 'x'.repeat(100_000));
    const program =
      'import sys, zipfile\nwith zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as z:\n  z.write(sys.argv[2] + "/a.json", "a.json")\n  z.write(sys.argv[2] + "/b.json", "b.json")\n';
    execFileSync('python3', ['-c', program, join(folder, 'made.zip'), join(folder, 'in')]);
    const handle = await open(join(folder, 'made.zip'));
    const names: unknown[] = [];
    for await (const { name, content } of readZip(handle)) names.push([name, content.length]);
    await handle.close();
    expect(names).toEqual([
      ['a.json', 3],
      ['b.json', 100_000],
    ]);
  });

  it.each<[string, Buffer, RegExp]>([
    [
      'a bomb that says it is small',
      makeZip([{ name: 'a', content: Buffer.alloc(9_000_000), bytes: 10 }]),
      /a cannot be unpacked/,
    ],
    [
      'more bytes than it says',
      makeZip([{ name: 'a', content: 'abc', bytes: 2, isStored: true }]),
      /not what the directory says/,
    ],
    ['another checksum', makeZip([{ name: 'a', content: 'abc', crc: 7 }]), /not what the directory says/],
    ['an encrypted file', makeZip([{ name: 'a', content: 'abc', flags: 1 }]), /encrypted/],
    ['another packing', makeZip([{ name: 'a', content: 'abc', method: 14 }]), /method 14/],
    ['an end within', makeZip([{ name: 'a', content: 'abc' }]).subarray(0, 40), /no directory/],
    [
      'a directory that is not there',
      makeZip([{ name: 'a', content: 'abc' }]).fill(0, 20, 60),
      /not what|broken|where the directory|shorter/,
    ],
    ['nothing', Buffer.alloc(0), /no directory/],
  ])('with %s is refused', async (_, archive, message) => {
    await expect(read(archive)).rejects.toMatchObject({
      code: 'REPORT_INVALID',
      message: expect.stringMatching(message),
    });
  });

  it('with more than may be is refused', async () => {
    const archive = makeZip(files);
    const refused = (limits: Partial<ZipLimits>) => read(archive, { ...defaultZipLimits, ...limits });
    await expect(refused({ mostEntries: 2 })).rejects.toThrow(/has 3 files, allowed are 2/);
    await expect(refused({ mostEntryBytes: 20_000 })).rejects.toThrow(/b.json has 27000 bytes/);
    await expect(refused({ mostBytes: 27_001 })).rejects.toThrow(/more than 27001 bytes/);
  });
});
