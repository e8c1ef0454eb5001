import { beforeEach, describe, expect, it } from 'vitest';
import { createAgentTarget } from '../../../activities/adapters/engine-agent/create-agent-target.js';
import type { EngineAgent } from '../../../activities/adapters/engine-agent/create-engine-agent.js';
import { proveImage } from '../../../activities/serving/prove-image.js';
import type { ImageRef, WantedRevision } from '../../../domain/ports/deployment-target.js';
import { payloadTypes, type SigningKey } from '../../../domain/signing/envelope.js';
import { imageStatement } from '../../../domain/supply/statements/image-statement.js';
import type { Verdict } from '../../../domain/verdict.js';
import { generateKeyPair } from '../../../trust/keys.js';
import { createLocalSigner } from '../../../trust/local-signer.js';
import { createVerifier } from '../../../trust/verifier.js';
import { createMemoryBlobStore } from '../../fakes/memory-blob-store.js';

const digest = `sha256:${'d'.repeat(64)}`;
const other = `sha256:${'e'.repeat(64)}`;
const pair = generateKeyPair();
const key: SigningKey = { ...pair, notBefore: '2020-01-01T00:00:00Z', notAfter: null, revokedAt: null };
const stranger = generateKeyPair();
const quiet = new AbortController().signal;

let blobs = createMemoryBlobStore();
beforeEach(() => {
  blobs = createMemoryBlobStore();
});

/** The four statements about an image, signed. */
async function signed({
  about = digest,
  by = pair,
  verdict = 'pass' as Verdict,
  leaveOut = 0,
} = {}): Promise<ImageRef> {
  const identity = { name: 'tiny/live', imageDigest: about, manifestDigest: null };
  const scannedAt = '2026-11-28T12:00:00Z';
  const scan = { verdict, reasons: [], policy: 'p', scannedAt, databaseOf: null };
  const evaluation = { id: 'e', report: 'r' };
  const statements = [
    imageStatement('build', identity, { commit: 'c', base: `sha256:${'b'.repeat(64)}`, release: 'a' }),
    imageStatement('materials', identity, { format: 'CycloneDX 1.6', sha256: 'm', components: 1 }),
    imageStatement('scan', identity, scan),
    imageStatement('model', identity, { model: 'tiny/tiny@1', sha256: 'f', evaluation }),
  ].slice(leaveOut);
  const signer = createLocalSigner(by.privateKey);
  const envelopes = await Promise.all(statements.map((one) => signer.sign(payloadTypes.statement, one)));
  return { digest, repository: null, statements: await blobs.putJson(envelopes) };
}

/** A target of containers whose agent remembers what it was asked for. */
function targetWith(
  keys: readonly SigningKey[] = [key],
  liveFrom: readonly { from: string; image: ImageRef }[] = [],
) {
  const asked: string[] = [];
  const engine = { ask: async (verb: string) => void asked.push(verb) } as unknown as EngineAgent;
  const revisions = async () => liveFrom.map(({ from, image }) => ({ from, wanted: { image } })) as never;
  const deps = {
    blobs,
    endpoints: { revisions },
    signingKeys: { list: async () => keys },
    verifier: createVerifier(),
  };
  const target = createAgentTarget({ engine, proveImage: (wanted) => proveImage(deps, wanted) });
  const wanted = { project: 'tiny', endpoint: 'live', revision: 'a', ordinal: 1 } as WantedRevision;
  return { asked, deploy: (image: ImageRef | null) => target.deploy({ ...wanted, image }, quiet) };
}

it.each([
  [
    'docker',
    ['deployContainers', 'observeContainers', 'listContainers', 'removeContainers', 'containerLogs'],
  ],
  ['swarm', ['deployService', 'observeService', 'listServices', 'removeService', 'serviceLogs']],
] as const)('a target of %s asks the agent for what is its own', async (kind, verbs) => {
  const asked: string[] = [];
  const engine = { ask: async (verb: string) => void asked.push(verb) } as unknown as EngineAgent;
  const target = createAgentTarget({ engine, proveImage: async () => undefined }, kind);
  const wanted = { project: 'tiny', endpoint: 'live', revision: 'a', ordinal: 1 } as WantedRevision;
  await target.deploy(wanted, quiet);
  await target.observe(wanted);
  await target.list();
  await target.remove(wanted, quiet);
  await target.logs(wanted, 10);
  expect([target.kind, asked]).toEqual([kind, verbs]);
});

describe('an image that is deployed', () => {
  it('is one of which all four statements are signed with a registered key', async () => {
    const { asked, deploy } = targetWith();
    await deploy(await signed());
    expect(asked).toEqual(['deployContainers']);
  });

  it.each<[string, () => Promise<ImageRef | null>, RegExp]>([
    ['is not there', async () => null, /has no image/],
    ['has nothing signed about it', async () => ({ digest, repository: null }), /nothing is signed about/],
    [
      'was put in the place of the one that was signed',
      async () => signed({ about: other }),
      /about another image/,
    ],
    ['a stranger signed', async () => signed({ by: stranger }), /is not registered/],
    [
      'did not pass its scan',
      async () => signed({ verdict: 'inconclusive' }),
      /the scan ended as inconclusive/,
    ],
    ['lacks a statement', async () => signed({ leaveOut: 1 }), /build: there is no statement of this kind/],
    [
      'has something else stored about it',
      async () => ({ ...(await signed()), statements: await blobs.putJson({ all: 'well' }) }),
      /is not a list of statements/,
    ],
    [
      'has what is no envelope stored about it',
      async () => ({ ...(await signed()), statements: await blobs.putJson([null, 'x']) }),
      /not an envelope/,
    ],
  ])('is refused where it %s, and the agent is not asked', async (_, image, words) => {
    const { asked, deploy } = targetWith();
    await expect(deploy(await image())).rejects.toMatchObject({
      code: 'IMAGE_REFUSED',
      message: expect.stringMatching(words),
    });
    expect(asked).toEqual([]);
  });

  it('counts on a key that is over only where it was live before that, and never on a revoked one', async () => {
    const image = await signed();
    const over = { ...key, notAfter: '2026-01-01T00:00:00Z' };
    const before = [{ from: '2025-12-31T00:00:00.000Z', image }];
    await expect(targetWith([over]).deploy(image)).rejects.toMatchObject({ code: 'IMAGE_REFUSED' });
    await targetWith([over], before).deploy(image);
    const revoked = { ...over, revokedAt: '2026-01-01T00:00:00Z' };
    await expect(targetWith([revoked], before).deploy(image)).rejects.toMatchObject({
      code: 'IMAGE_REFUSED',
    });
  });
});
