import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { EngineAgent } from '../../../activities/adapters/engine-agent/create-engine-agent.js';
import { readImage } from '../../../activities/images/read-image.js';
import { engineLabels } from '../../../domain/engine/labels.js';
import type { BlobRef } from '../../../domain/ports/blobs.js';
import type { Envelope } from '../../../domain/signing/envelope.js';
import { verifyImage } from '../../../domain/supply/statements/verify-image.js';
import { createVerifier } from '../../../trust/verifier.js';
import {
  debian,
  dpkgStatus,
  goodConfig,
  type MadeImage,
  npmPackage,
  writeImage,
} from '../images/make-image.js';
import { openReleaseRoom, type ReleaseRoom } from './release-room.js';

const advisories = join(import.meta.dirname, '../../../examples/flight-delay/sample-advisories');
const base = `sha256:${'b'.repeat(64)}`;
const layers = [[debian, dpkgStatus('bash 5.2-1')], [npmPackage('hono', '4.13.19')]];
const oldSample = 'version: 1\ndatabase: { oldest: 9000 days }\n';

let room: ReleaseRoom | undefined;
afterEach(() => room?.close());

interface Case {
  readonly made?: MadeImage;
  readonly policy?: string;
  readonly advisories?: string | null;
  /** What the engine gives out instead of what it built. */
  readonly given?: MadeImage;
}

/** A release whose engine has built this image. */
async function scanned({
  made = { layers },
  policy = oldSample,
  advisories: database = advisories,
  given,
}: Case) {
  let digest = '';
  let archive: BlobRef | undefined;
  const answers: Readonly<Record<string, () => unknown>> = {
    buildServingImage: () => ({
      image: { digest, repository: null },
      isReused: false,
      labels: { [engineLabels.base]: base },
    }),
    storeImageArchive: () => archive,
  };
  const engine = { ask: async (verb: string) => answers[verb]?.() } as EngineAgent;
  const files = { 'app/package.json': '{}', 'app/image-policy.yaml': policy };
  const opened = await openReleaseRoom({ files, images: { advisories: database, engine } });
  room = opened;
  const built = await writeImage(opened.deps.workDir, made);
  digest = (await readImage(built)).manifest.imageDigest;
  const out = given === undefined ? built : await writeImage(opened.deps.workDir, given);
  archive = await opened.blobs.putBytes(await readFile(out));
  await opened.declare({ application: { path: 'app' } });
  await opened.crown();
  const input = await opened.begin('a');
  const plan = await opened.work('prepareRelease', input);
  const release = { ...input, plan, built: { bundle: null } };
  const image = await opened.work('buildImage', release);
  const step = async () => (await opened.stores.releases.steps('a')).find(({ name }) => name === 'scan');
  return { opened, image, step, scan: () => opened.work('scanImage', { ...release, made: image }) };
}

describe('the image of a release', () => {
  it('that passes has its scan, its materials and four statements, which are signed and verify', async () => {
    const { opened, image, step, scan } = await scanned({});
    const result = await scan();
    expect(await step()).toMatchObject({
      status: 'succeeded',
      reason: '2 packages, 0 findings, 0 of them excepted: pass',
    });
    const materials = Buffer.from(await opened.blobs.getBytes(result.materials)).toString();
    expect(JSON.parse(materials)).toMatchObject({ bomFormat: 'CycloneDX' });
    const input = { project: 'tiny', endpoint: 'live', releaseId: 'a', image: image.image, scanned: result };
    const signed = await opened.work('signImage', input);
    const envelopes = (await opened.blobs.getJson(signed.statements as BlobRef)) as readonly Envelope[];
    const verified = verifyImage(
      {
        imageDigest: image.image.digest,
        envelopes: envelopes.map((envelope) => ({ envelope, receivedAt: null })),
        keys: [{ ...opened.pair, notBefore: '2020-01-01T00:00:00Z', notAfter: null, revokedAt: null }],
        now: new Date().toISOString(),
        materials: result.materials.sha256,
      },
      createVerifier(),
    );
    expect(verified).toMatchObject({ ok: true, statements: [{}, {}, {}, {}] });
  });

  it.each<[string, Case, string, RegExp]>([
    [
      'with a critical advisory',
      { made: { layers: [...layers, [npmPackage('ratchet-sample-parser', '1.1.9')]] } },
      'vulnerabilities',
      /the verdict on the image is fail/,
    ],
    [
      'that runs as root',
      { made: { layers, config: { ...goodConfig, User: 'root' } } },
      'root-user',
      /is fail/,
    ],
    ['for which there are no advisories', { advisories: null }, 'database', /is inconclusive/],
    [
      'whose advisories are too old',
      { policy: 'version: 1\ndatabase: { oldest: 1 days }\n' },
      'database',
      /is inconclusive/,
    ],
  ])('%s is refused with a row for each reason, and its scan is kept', async (_, of, rule, message) => {
    const { opened, step, scan } = await scanned(of);
    await expect(scan()).rejects.toMatchObject({
      type: 'IMAGE_REFUSED',
      message: expect.stringMatching(message),
      nonRetryable: true,
    });
    expect(await step()).toMatchObject({ status: 'refused' });
    expect(await opened.stores.releases.refusals('a')).toContainEqual(
      expect.objectContaining({ what: 'image', rule: expect.stringContaining(rule) }),
    );
    expect(await opened.stores.releases.logs('a')).toMatchObject([{ step: 'scan' }]);
  });

  it('is not scanned under a policy that is wrong, which is named', async () => {
    const { scan } = await scanned({ policy: 'version: 1\nsecret: allow\n' });
    await expect(scan()).rejects.toMatchObject({
      type: 'CONFIG_INVALID',
      message: expect.stringContaining('app/image-policy.yaml:2:1'),
    });
  });

  it('that is given out is the one that was built', async () => {
    const { scan } = await scanned({ given: { layers: [...layers, [npmPackage('other', '1.0.0')]] } });
    await expect(scan()).rejects.toMatchObject({ type: 'IMAGE_HOSTILE' });
  });

  it('has nothing signed that is about another image, or about a model', async () => {
    const { opened, image, scan } = await scanned({});
    const result = await scan();
    const [first, ...others] = (await opened.blobs.getJson(result.statements)) as { predicateType: string }[];
    const forged = [
      [first, ...others.slice(1), { ...first, predicateType: 'https://ratchet.dev/attestation/model/v1' }],
      [...others, { ...first, subject: [{ name: 'x', digest: { sha256: '0'.repeat(64) } }] }],
      others,
    ];
    for (const statements of forged) {
      const changed = { ...result, statements: await opened.blobs.putJson(statements) };
      const asked = {
        project: 'tiny',
        endpoint: 'live',
        releaseId: 'a',
        image: image.image,
        scanned: changed,
      };
      await expect(opened.work('signImage', asked)).rejects.toMatchObject({ type: 'IMAGE_REFUSED' });
    }
  });
});
