import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ImageVerification } from '../../../domain/supply/statements/verify-image.js';
import { generateKeyPair } from '../../../trust/keys.js';
import { answerImageRequest, imageRequestShape } from '../../../workers/images/image-requests.js';
import { debian, dpkgStatus, npmPackage, ociLayout, writeImage } from '../../activities/images/make-image.js';
import { signedImage } from '../../activities/images/signed-image.js';

const layers = [[debian, dpkgStatus('bash 5.2-1')], [npmPackage('hono', '4.13.19')]];
const now = '2026-11-28T12:00:00Z';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'requests '));
});
afterEach(() => rm(folder, { recursive: true }));

async function put(name: string, content: string): Promise<string> {
  await writeFile(join(folder, name), content);
  return join(folder, name);
}

describe('a scan that is asked for', () => {
  const scan = (archive: string, more: { policy?: string; reports?: string[] } = {}) =>
    answerImageRequest({ command: 'scan', archive, database: null, policy: null, reports: [], now, ...more });

  it('takes the report of another scanner in place of advisories', async () => {
    const results = [{ ruleId: 'CVE-2026-7', level: 'error', message: { text: 'bad' } }];
    const sarif = { version: '2.1.0', runs: [{ tool: { driver: { name: 'Trivy' } }, results }] };
    const reports = [await put('r.sarif', JSON.stringify(sarif))];
    const policy = await put('p.yaml', 'version: 1\nscanners: [trivy]\n');
    expect(await scan(await writeImage(folder, { layers }), { policy, reports })).toMatchObject({
      verdict: 'fail',
    });
  });

  it.each<[string, () => Promise<{ policy?: string; reports?: string[] }>, string, RegExp]>([
    [
      'a policy that is wrong',
      async () => ({ policy: await put('p.yaml', 'version: 1\nsecret: allow\n') }),
      'CONFIG_INVALID',
      /p\.yaml:2:1: secret is an unknown key/,
    ],
    [
      'a policy that is not there',
      async () => ({ policy: join(folder, 'no.yaml') }),
      'REPORT_INVALID',
      /cannot be read/,
    ],
    [
      'a report that is none',
      async () => ({ reports: [await put('r.json', '{}')] }),
      'REPORT_INVALID',
      /no report of a scanner/,
    ],
  ])('names %s', async (_, more, code, message) => {
    const asked = scan(await writeImage(folder, { layers }), await more());
    await expect(asked).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it('of another kind is not understood', () => {
    expect(imageRequestShape.safeParse({ command: 'push', archive: 'x' }).success).toBe(false);
  });
});

describe('a verification that is asked for', () => {
  const verify = (archive: string, attestations: string, key: string, materials: string | null = null) =>
    answerImageRequest({
      command: 'verify',
      archive,
      attestations,
      keys: [key],
      materials,
      now,
    }) as Promise<ImageVerification>;
  const why = ({ statements }: ImageVerification) =>
    statements
      .filter(({ ok }) => !ok)
      .map(({ kind, text }) => `${kind}: ${text}`)
      .join('; ');

  it('holds for the same image in another archive', async () => {
    const { attestations, key } = await signedImage(folder, { layers });
    const layout = await writeImage(folder, ociLayout({ layers }), 'layout.tar');
    expect((await verify(layout, attestations, key)).ok).toBe(true);
  });

  it('does not hold for another key, fewer statements, or another bill of materials', async () => {
    const { archive, attestations, key, bom } = await signedImage(folder, { layers });
    const other = await put('other.pem', generateKeyPair().publicKey);
    const few = await put(
      'few.jsonl',
      (await readFile(attestations, 'utf8')).split('\n').slice(0, 3).join('\n'),
    );
    const changed = await put('changed.json', `${await readFile(bom, 'utf8')} `);
    expect(why(await verify(archive, attestations, other))).toMatch(/is not registered/);
    expect(why(await verify(archive, few, key))).toBe('model: there is no statement of this kind');
    expect(why(await verify(archive, attestations, key, changed))).toMatch(
      /^materials: the bill of materials beside the image is another/,
    );
  });

  it('does not hold for an image whose scan found a fault, however well it is signed', async () => {
    const faulty = [...layers, [npmPackage('ratchet-sample-parser', '1.0.0')]];
    const { archive, attestations, key, scan } = await signedImage(folder, { layers: faulty });
    expect([scan.verdict, why(await verify(archive, attestations, key))]).toEqual([
      'fail',
      'scan: the scan ended as fail, allowed is pass',
    ]);
  });

  it('reads every layer: a byte of one that is another is told', async () => {
    const { attestations, key } = await signedImage(folder, { layers });
    const tamper = (layer: Buffer) => Buffer.from(layer.toString('latin1').replace('bash', 'dash'), 'latin1');
    const tampered = await writeImage(folder, { layers, tamper }, 'tampered.tar');
    await expect(verify(tampered, attestations, key)).rejects.toMatchObject({ code: 'IMAGE_HOSTILE' });
  });

  it('takes keys with their times, and no private one', async () => {
    const { archive, attestations, pair } = await signedImage(folder, { layers });
    const times = {
      id: pair.id,
      publicKey: pair.publicKey,
      notBefore: '2020-01-01T00:00:00Z',
      notAfter: null,
    };
    const revoked = await put('keys.json', JSON.stringify([{ ...times, revokedAt: '2026-01-01T00:00:00Z' }]));
    const good = await put('good.json', JSON.stringify({ ...times, revokedAt: null }));
    expect(why(await verify(archive, attestations, revoked))).toMatch(/was revoked at 2026-01-01/);
    expect((await verify(archive, attestations, good)).ok).toBe(true);
    const secret = verify(archive, attestations, await put('private.pem', pair.privateKey));
    await expect(secret).rejects.toMatchObject({
      code: 'REPORT_INVALID',
      message: expect.stringMatching(/allowed is the public one$/),
    });
    await expect(verify(archive, attestations, await put('no.pem', 'hello'))).rejects.toThrow(
      /holds no public key/,
    );
  });

  it('names a file of statements that is none, and refuses an empty one', async () => {
    const { archive, key } = await signedImage(folder, { layers });
    for (const text of ['x', '{}', '[7]', '{"payloadType":"a"}\nx'])
      await expect(verify(archive, await put('a.json', text), key)).rejects.toMatchObject({
        code: 'REPORT_INVALID',
      });
    expect((await verify(archive, await put('a.json', ''), key)).ok).toBe(false);
  });
});
