import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { token } from '../gateway/gateway-room.js';
import { registerVersion } from '../gateway/register-version.js';
import { runCommand } from './run-command.js';
import { type ServedGateway, serveGateway } from './served-gateway.js';

const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const model = randomBytes(200_000);
const [train, validation, aside] = [randomBytes(5000), randomBytes(3000), randomBytes(2000)];

let served: ServedGateway;
let project: string;
let folder: string;
beforeAll(async () => {
  served = await serveGateway();
  project = await served.room.newProject();
  const { blobs } = served.room.deps;
  const put = (bytes: Uint8Array) => blobs.putBytes(bytes);
  const manifest = {
    files: { train: await put(train), validation: await put(validation), test: await put(validation) },
    quarantine: await put(aside),
  };
  await registerVersion(served.room, project, {
    letter: 'a',
    recall: 0.5,
    file: await put(model),
    manifest,
  });
});
afterAll(() => served.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pulled '));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const pull = (what: string, name: string, ...args: string[]) =>
  served.ratchet(what, 'pull', `${project}/${name}`, '--to', folder, ...args);
const read = (name: string) => readFile(join(folder, name));

describe('ratchet model pull', () => {
  it('writes the file of a version and its card, and says what they are', async () => {
    const { exitCode, stdout, stderr } = await pull('model', 'delay@1');
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(await readdir(folder)).toEqual(['delay@1.card.json', 'delay@1.onnx']);
    expect((await read('delay@1.onnx')).equals(model)).toBe(true);
    expect(JSON.parse((await read('delay@1.card.json')).toString())).toMatchObject({ markdown: '# Delay' });
    expect(stdout).toContain(`model  ${project}/delay@1\nstage  registered\n`);
    expect(stdout).toMatch(
      new RegExp(`${join(folder, 'delay@1.onnx')} +${model.length} +${sha256Of(model)}\\n`),
    );
    expect((await stat(join(folder, 'delay@1.onnx'))).mode & 0o777).toBe(0o600);
  });

  it('is JSON for programs', async () => {
    const { json } = await pull('model', 'delay@1', '--json');
    const path = join(folder, 'delay@1.onnx');
    expect(json).toMatchObject({
      model: `${project}/delay@1`,
      stage: 'registered',
      files: [{ path, bytes: model.length, sha256: sha256Of(model) }, { bytes: expect.any(Number) }],
    });
  });

  it('replaces nothing unless it is told to', async () => {
    await writeFile(join(folder, 'delay@1.card.json'), 'mine');
    const refused = await pull('model', 'delay@1');
    expect([refused.exitCode, refused.stdout]).toEqual([3, '']);
    expect(refused.stderr).toMatch(/^CONFLICT: .*delay@1\.card\.json is there already; --force replaces it/);
    expect(await readdir(folder)).toEqual(['delay@1.card.json']);
    expect((await read('delay@1.card.json')).toString()).toBe('mine');
    expect((await pull('model', 'delay@1', '--force')).exitCode).toBe(0);
    expect((await read('delay@1.card.json')).toString()).not.toBe('mine');
  });

  it('says so where it cannot write', async () => {
    await writeFile(join(folder, 'file'), '');
    const { exitCode, stderr } = await pull('model', 'delay@1', '--to', join(folder, 'file', 'inside'));
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringMatching(/^SETTING_INVALID: --to names no folder: /),
    ]);
  });

  it.each(['..@1', 'a%2f..@1', 'delay@..', 'delay@1/../x'])('takes no "%s" for a name', async (name) => {
    const { exitCode } = await pull('model', name);
    expect(exitCode).toBeGreaterThanOrEqual(2);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('ratchet dataset pull', () => {
  it.each([
    [[], { 'flights@1.train.parquet': train, 'flights@1.validation.parquet': validation }],
    [['--split', 'validation'], { 'flights@1.validation.parquet': validation }],
    [['--quarantined'], { 'flights@1.quarantine.parquet': aside }],
  ])('with %j writes those rows', async (args, files) => {
    const { exitCode, stderr } = await pull('dataset', 'flights@1', ...args);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(await readdir(folder)).toEqual(Object.keys(files).sort());
    for (const [name, bytes] of Object.entries(files)) expect((await read(name)).equals(bytes)).toBe(true);
  });

  it('gives the test split to nobody, and says why', async () => {
    const { exitCode, stderr } = await pull('dataset', 'flights@1', '--split', 'test');
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/^FORBIDDEN: the test split is given to nobody: only the evaluator/);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('a gateway that does not give what it says', () => {
  /** Hands on to the gateway, but spoils the bytes of files. */
  async function spoiling(
    spoil: (bytes: Buffer, answer: ServerResponse) => void,
    headers: Readonly<Record<string, string>> = {},
    more: readonly string[] = [],
  ) {
    const server = createServer(async (request, answer) => {
      const given = await fetch(`${served.url}${request.url}`, {
        headers: { authorization: request.headers.authorization ?? '' },
      });
      const bytes = Buffer.from(await given.arrayBuffer());
      answer.writeHead(given.status, { ...Object.fromEntries(given.headers), ...headers });
      if (request.url?.includes('/files/')) spoil(bytes, answer);
      else answer.end(bytes);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const args = ['model', 'pull', `${project}/delay@1`, '--to', folder, '--url', url, ...more];
    const result = await runCommand(args, { RATCHET_TOKEN: token });
    await new Promise((resolve) => server.close(resolve));
    return result;
  }

  it('is found out by the digest, and nothing is left', async () => {
    const { exitCode, stderr } = await spoiling((bytes, answer) => {
      bytes[100] = (bytes[100] ?? 0) ^ 1;
      answer.end(bytes);
    });
    expect([exitCode, stderr]).toEqual([1, expect.stringMatching(/^BLOB_CORRUPT: what came for .*onnx/)]);
    expect(await readdir(folder)).toEqual([]);
  });

  it('leaves the file that it was to replace where it goes away', async () => {
    await writeFile(join(folder, 'delay@1.onnx'), 'old');
    const cut = (bytes: Buffer, answer: ServerResponse) => {
      answer.write(bytes.subarray(0, 100_000), () => answer.destroy());
    };
    expect((await spoiling(cut, {}, ['--force'])).exitCode).toBe(5);
    expect((await read('delay@1.onnx')).toString()).toBe('old');
    expect(await readdir(folder)).toEqual(['delay@1.onnx']);
  });

  it('that goes away in the middle leaves nothing', async () => {
    const { exitCode, stderr } = await spoiling((bytes, answer) => {
      answer.write(bytes.subarray(0, 100_000), () => setTimeout(() => answer.destroy(), 100));
    });
    expect([exitCode, stderr]).toEqual([
      5,
      expect.stringMatching(/^PART_UNAVAILABLE: the connection ended after \d+ bytes of .*onnx/),
    ]);
    expect(await readdir(folder)).toEqual([]);
  });

  it('and says no digest is no gateway', async () => {
    const { exitCode, stderr } = await spoiling((bytes, answer) => answer.end(bytes), { etag: 'none' });
    expect([exitCode, stderr]).toEqual([5, expect.stringContaining('not as a gateway of Ratchet does')]);
    expect(await readdir(folder)).toEqual([]);
  });
});
