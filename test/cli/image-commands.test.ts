import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { payloadTypes } from '../../domain/signing/envelope.js';
import { imageStatement } from '../../domain/supply/statements/image-statement.js';
import { generateKeyPair } from '../../trust/keys.js';
import { createLocalSigner } from '../../trust/local-signer.js';
import {
  debian,
  dockerSave,
  dpkgStatus,
  goodConfig,
  npmPackage,
  ociLayout,
  sha256,
  writeImage,
} from '../activities/images/make-image.js';
import { runCommand } from './run-command.js';

const sample = join(import.meta.dirname, '../../examples/flight-delay/sample-advisories');
const layers = [[debian, dpkgStatus('bash 5.2-1')], [npmPackage('hono', '4.13.19')]];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'images of a model '));
});
afterEach(() => rm(folder, { recursive: true }));

const image = (...words: string[]) => runCommand(['image', ...words]);

async function put(name: string, content: string): Promise<string> {
  await writeFile(join(folder, name), content);
  return join(folder, name);
}

describe('ratchet image scan', () => {
  const patient = 'version: 1\ndatabase: { oldest: 9000 days }\n';

  it('passes an image that is in order, with 0', async () => {
    const archive = await writeImage(folder, { layers });
    const { exitCode, stdout, stderr } = await image(
      'scan',
      archive,
      '--database',
      sample,
      '--policy',
      await put('p.yaml', patient),
    );
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^image +sha256:[0-9a-f]{64}\npackages +2\nverdict +pass\n\nnothing was found\n/);
  });

  it('refuses one with a known vulnerability, with 3, the package and the fix', async () => {
    const archive = await writeImage(folder, {
      layers: [...layers, [npmPackage('ratchet-sample-parser', '1.0.0')]],
    });
    const { exitCode, stdout, stderr } = await image(
      'scan',
      archive,
      '--database',
      sample,
      '--policy',
      await put('p.yaml', patient),
    );
    expect(exitCode).toBe(3);
    expect(stderr).toBe('IMAGE_REFUSED: the verdict is fail: vulnerabilities-critical\n');
    expect(stdout).toMatch(/RATCHET-SAMPLE-2026-0001 +critical +ratchet-sample-parser 1\.0\.0 +1\.2\.0 /);
  });

  it('lets it stay by an exception, and names who answers for it', async () => {
    const archive = await writeImage(folder, {
      layers: [...layers, [npmPackage('ratchet-sample-parser', '1.0.0')]],
    });
    const policy = `${patient}exceptions: [{ id: RATCHET-SAMPLE-2026-0001, owner: dana, reason: never parses numbers, until: 2099-01-01 }]\n`;
    const { exitCode, stdout } = await image(
      'scan',
      archive,
      '--database',
      sample,
      '--policy',
      await put('p.yaml', policy),
    );
    expect([exitCode, stdout]).toEqual([
      0,
      expect.stringMatching(/RATCHET-SAMPLE-2026-0001 +dana +2099-01-01/),
    ]);
  });

  it('without a database leaves the verdict open, with 3, and gives programs the same', async () => {
    const archive = await writeImage(folder, { layers });
    const { exitCode, json, stderr } = await image('scan', archive, '--json');
    expect([exitCode, json.verdict, stderr]).toEqual([
      3,
      'inconclusive',
      'IMAGE_REFUSED: the verdict is inconclusive: database\n',
    ]);
    expect(json.reasons).toContainEqual({
      rule: 'database',
      verdict: 'inconclusive',
      text: 'there is no vulnerability database',
      n: 2,
    });
  });

  it('takes the report of another scanner', async () => {
    const archive = await writeImage(folder, { layers });
    const sarif = {
      version: '2.1.0',
      runs: [
        {
          tool: { driver: { name: 'Trivy' } },
          results: [{ ruleId: 'CVE-2026-7', level: 'error', message: { text: 'bad' } }],
        },
      ],
    };
    const report = await put('r.sarif', JSON.stringify(sarif));
    const policy = await put('p.yaml', 'version: 1\nscanners: [trivy]\n');
    expect(await image('scan', archive, '--policy', policy, '--report', report)).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('vulnerabilities-high'),
    });
  });

  it.each<[string, () => Promise<string[]>, number, RegExp]>([
    [
      'a file that is not there',
      async () => [join(folder, 'nothing.tar')],
      2,
      /IMAGE_INVALID: no image can be read at/,
    ],
    ['a file that is no image', async () => [await put('x.tar', 'hello')], 2, /IMAGE_INVALID/],
    [
      'an image that leaves its folder',
      async () => [await writeImage(folder, { layers: [[{ name: '../x' }]] })],
      3,
      /IMAGE_HOSTILE: the entry "\.\.\/x" leads out/,
    ],
    [
      'a policy that is wrong',
      async () => [
        await writeImage(folder, { layers }),
        '--policy',
        await put('p.yaml', 'version: 1\nsecret: allow\n'),
      ],
      2,
      /CONFIG_INVALID: .*p\.yaml:2:1: secret is an unknown key/,
    ],
    [
      'a policy that is not there',
      async () => [await writeImage(folder, { layers }), '--policy', join(folder, 'no.yaml')],
      2,
      /REPORT_INVALID: .*cannot be read/,
    ],
    [
      'a report that is none',
      async () => [await writeImage(folder, { layers }), '--report', await put('r.json', '{}')],
      2,
      /REPORT_INVALID/,
    ],
  ])('tells %s', async (_, words, code, message) => {
    const { exitCode, stdout, stderr } = await image('scan', ...(await words()));
    expect([exitCode, stdout]).toEqual([code, '']);
    expect(stderr).toMatch(message);
  });
});

describe('ratchet image verify', () => {
  const pair = generateKeyPair();
  const made = { layers, config: goodConfig };

  async function signedFiles(archive: string) {
    const bom = await put('app.cdx.json', (await image('bom', archive)).stdout);
    const imageDigest: string = JSON.parse(await readFile(bom, 'utf8')).metadata.component.version;
    const identity = { name: 'app', imageDigest, manifestDigest: null };
    const statements = [
      imageStatement('build', identity, {
        commit: '0'.repeat(40),
        base: `base@sha256:${'b'.repeat(64)}`,
        release: 'r1',
      }),
      imageStatement('materials', identity, {
        format: 'CycloneDX 1.6',
        sha256: sha256(await readFile(bom)),
        components: 3,
      }),
      imageStatement('scan', identity, {
        verdict: 'pass',
        reasons: [],
        policy: 'e'.repeat(64),
        scannedAt: '2026-11-27T00:00:00Z',
        databaseOf: null,
      }),
      imageStatement('model', identity, {
        model: 'a/b@1',
        sha256: 'f'.repeat(64),
        evaluation: { id: 'e', report: '1'.repeat(64) },
      }),
    ];
    const signer = createLocalSigner(pair.privateKey);
    const envelopes = await Promise.all(
      statements.map((statement) => signer.sign(payloadTypes.statement, statement)),
    );
    const attestations = await put(
      'app.intoto.jsonl',
      envelopes.map((envelope) => JSON.stringify(envelope)).join('\n'),
    );
    return { bom, attestations, key: await put('key.pem', pair.publicKey) };
  }

  it('takes an image with all its statements, in any of its archives, with no network', async () => {
    const archive = await writeImage(folder, made);
    const { attestations, key, bom } = await signedFiles(archive);
    const { exitCode, stdout } = await image(
      'verify',
      archive,
      '--attestations',
      attestations,
      '--key',
      key,
      '--bom',
      bom,
    );
    expect([exitCode, stdout.match(/ yes /g)]).toEqual([0, [' yes ', ' yes ', ' yes ', ' yes ']]);
    const layout = await writeImage(folder, ociLayout(made), 'layout.tar');
    expect(await image('verify', layout, '--attestations', attestations, '--key', key)).toMatchObject({
      exitCode: 0,
    });
  });

  it('refuses another image under the same statements, another key, and statements that are missing', async () => {
    const archive = await writeImage(folder, made);
    const { attestations, key, bom } = await signedFiles(archive);
    const swapped = await writeImage(
      folder,
      dockerSave({ ...made, layers: [...layers, [npmPackage('extra', '1.0.0')]] }),
      'swapped.tar',
    );
    const other = await put('other.pem', generateKeyPair().publicKey);
    const few = await put(
      'few.jsonl',
      (await readFile(attestations, 'utf8')).split('\n').slice(0, 3).join('\n'),
    );
    const changed = await put('changed.json', `${await readFile(bom, 'utf8')} `);
    const refused = async (...words: string[]) => {
      const { exitCode, stderr } = await image('verify', ...words);
      expect(exitCode).toBe(3);
      return stderr;
    };
    expect(await refused(swapped, '--attestations', attestations, '--key', key)).toMatch(
      /^IMAGE_UNVERIFIED: 4 of 4 statements do not count: build: it is about another image/,
    );
    expect(await refused(archive, '--attestations', attestations, '--key', other)).toMatch(
      /is not registered/,
    );
    expect(await refused(archive, '--attestations', few, '--key', key)).toMatch(
      /1 of 4 statements do not count: model: there is no statement of this kind/,
    );
    expect(await refused(archive, '--attestations', attestations, '--key', key, '--bom', changed)).toMatch(
      /materials: the bill of materials beside the image is another one/,
    );
  });

  it('reads keys with their times, and takes no private one', async () => {
    const archive = await writeImage(folder, made);
    const { attestations } = await signedFiles(archive);
    const { id, publicKey, privateKey } = pair;
    const times = {
      id,
      publicKey,
      notBefore: '2020-01-01T00:00:00Z',
      notAfter: null,
      revokedAt: '2026-01-01T00:00:00Z',
    };
    const revoked = await put('keys.json', JSON.stringify([times]));
    expect(await image('verify', archive, '--attestations', attestations, '--key', revoked)).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('was revoked at 2026-01-01'),
    });
    const both = await put('good.json', JSON.stringify({ ...times, revokedAt: null }));
    expect(await image('verify', archive, '--attestations', attestations, '--key', both)).toMatchObject({
      exitCode: 0,
    });
    const secret = await put('private.pem', privateKey);
    const told = await image('verify', archive, '--attestations', attestations, '--key', secret);
    expect([told.exitCode, told.stderr]).toEqual([
      2,
      expect.stringMatching(/holds a private key; allowed is the public one/),
    ]);
    expect(told.stderr).not.toContain(privateKey.split('\n')[1]);
  });

  it('refuses statements that are none', async () => {
    const archive = await writeImage(folder, made);
    const key = await put('key.pem', pair.publicKey);
    for (const text of ['', 'x', '{}', '[7]', '{"payloadType":"a"}\nx'])
      expect(
        await image('verify', archive, '--attestations', await put('a.json', text), '--key', key),
      ).toMatchObject({ exitCode: text === '' ? 3 : 2 });
  });
});

describe('ratchet image bom', () => {
  it('prints the same CycloneDX document each time', async () => {
    const archive = await writeImage(folder, {
      layers: [...layers, [{ name: 'app/model.onnx', content: 'weights' }]],
    });
    const [first, second] = [await image('bom', archive), await image('bom', archive)];
    expect(first.stdout).toBe(second.stdout);
    expect(first.json).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6' });
    expect(first.json.components.map(({ name }: { name: string }) => name)).toEqual([
      'debian',
      'bash',
      'hono',
      'model.onnx',
    ]);
  });

  it('reads a folder too', async () => {
    await mkdir(join(folder, 'empty'));
    expect(await image('bom', join(folder, 'empty'))).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('neither a manifest.json nor an index.json'),
    });
  });
});
