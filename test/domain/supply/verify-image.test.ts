import { describe, expect, it } from 'vitest';
import { type Envelope, payloadTypes, type SigningKey } from '../../../domain/signing/envelope.js';
import { type ImageStatement, imageStatement } from '../../../domain/supply/statements/image-statement.js';
import { type VerifyImageRequest, verifyImage } from '../../../domain/supply/statements/verify-image.js';
import { generateKeyPair } from '../../../trust/keys.js';
import { createLocalSigner } from '../../../trust/local-signer.js';
import { createVerifier } from '../../../trust/verifier.js';

const [own, foreign] = [generateKeyPair(), generateKeyPair()];
const now = '2026-11-28T12:00:00Z';
const keyOf = (pair: typeof own, changed: Partial<SigningKey> = {}): SigningKey => ({
  id: pair.id,
  publicKey: pair.publicKey,
  notBefore: '2026-01-01T00:00:00Z',
  notAfter: null,
  revokedAt: null,
  ...changed,
});

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const image = { name: 'app', imageDigest: digest('a'), manifestDigest: digest('b') };
const statements = {
  build: imageStatement('build', image, {
    commit: '0'.repeat(40),
    base: `base@${digest('c')}`,
    release: 'r1',
  }),
  materials: imageStatement('materials', image, {
    format: 'CycloneDX 1.6',
    sha256: 'd'.repeat(64),
    components: 3,
  }),
  scan: imageStatement('scan', image, {
    verdict: 'pass',
    reasons: [],
    policy: 'e'.repeat(64),
    scannedAt: '2026-11-27T00:00:00Z',
    databaseOf: null,
  }),
  model: imageStatement('model', image, {
    model: 'a/b@1',
    sha256: 'f'.repeat(64),
    evaluation: { id: 'e1', report: '1'.repeat(64) },
  }),
};

const signed = (statement: object, pair = own): Promise<Envelope> =>
  createLocalSigner(pair.privateKey).sign(payloadTypes.statement, statement);

async function verified(
  changed: Partial<Record<keyof typeof statements, object | null>> = {},
  request: Partial<VerifyImageRequest> = {},
  pair = own,
) {
  const said = Object.values({ ...statements, ...changed }).filter((one) => one !== null);
  const envelopes = await Promise.all(
    said.map(async (one) => ({ envelope: await signed(one, pair), receivedAt: null })),
  );
  return verifyImage(
    { imageDigest: image.imageDigest, envelopes, keys: [keyOf(own)], now, ...request },
    createVerifier(),
  );
}

/** What does not count, and why. */
const refusals = ({ statements: checks }: Awaited<ReturnType<typeof verified>>) =>
  checks.filter(({ ok }) => !ok).map(({ kind, text }) => [kind, text]);

describe('an image with every statement', () => {
  it('is verified by either of its digests, and each statement names its key', async () => {
    const { ok, statements: checks } = await verified();
    expect([ok, checks.map(({ kind, keyId }) => [kind, keyId])]).toEqual([
      true,
      ['build', 'materials', 'scan', 'model'].map((kind) => [kind, own.id]),
    ]);
    expect((await verified({}, { imageDigest: image.manifestDigest })).ok).toBe(true);
  });
});

describe('an image is refused, and the statement is named', () => {
  it.each(['build', 'materials', 'scan', 'model'] as const)('that has no statement of %s', async (kind) => {
    expect(refusals(await verified({ [kind]: null }))).toEqual([
      [kind, 'there is no statement of this kind'],
    ]);
  });

  it('that has none at all', async () => {
    expect((await verified({}, { envelopes: [] })).ok).toBe(false);
    expect((await verified({}, { required: [] })).ok).toBe(false);
  });

  it('whose statements are about another image, as after a tag was moved', async () => {
    const moved = refusals(await verified({}, { imageDigest: digest('9') }));
    expect(moved).toHaveLength(4);
    expect(moved[0]).toEqual([
      'build',
      expect.stringMatching(/about another image \(sha256:aaaa.*, sha256:bbbb/),
    ]);
  });

  it('whose statements are signed with a key of somebody else', async () => {
    const told = refusals(await verified({}, {}, foreign));
    expect(told).toHaveLength(4);
    expect(told[0]?.[1]).toContain(`key ${foreign.id} is not registered`);
  });

  it('whose key is over, not yet good, or revoked', async () => {
    const why = async (changed: Partial<SigningKey>) =>
      refusals(await verified({}, { keys: [keyOf(own, changed)] }))[0]?.[1];
    expect(await why({ notAfter: '2026-11-28T11:59:59Z' })).toContain('counted until 2026-11-28T11:59:59Z');
    expect(await why({ notBefore: '2026-11-28T12:00:01Z' })).toContain('counts from');
    expect(await why({ revokedAt: '2026-11-01T00:00:00Z' })).toContain('was revoked');
  });

  it('whose statement was changed by one letter', async () => {
    const envelope = await signed(statements.scan);
    const payload = Buffer.from(
      Buffer.from(envelope.payload, 'base64').toString().replace('pass', 'Pass'),
    ).toString('base64');
    const result = await verified(
      {},
      { envelopes: [{ envelope: { ...envelope, payload }, receivedAt: null }], required: ['scan'] },
    );
    expect(refusals(result)).toEqual([['scan', expect.stringMatching(/does not fit the payload/)]]);
  });

  it.each<[string, 'scan' | 'build', object, RegExp]>([
    [
      'whose scan did not pass',
      'scan',
      { ...statements.scan, predicate: { verdict: 'inconclusive' } },
      /ended as inconclusive/,
    ],
    ['whose scan says nothing', 'scan', { ...statements.scan, predicate: null }, /ended as undefined/],
    [
      'that is built on a tag',
      'build',
      { ...statements.build, predicate: { base: 'debian:12' } },
      /the base is debian:12, allowed is one by digest/,
    ],
    [
      'whose statement has no subject',
      'build',
      { ...statements.build, subject: [] },
      /about another image \(nothing\)/,
    ],
    [
      'whose statement is of another kind of document',
      'build',
      { ...statements.build, _type: 'x' },
      /no statement of in-toto/,
    ],
  ])('%s', async (_, kind, statement, why) => {
    expect(refusals(await verified({ [kind]: statement }))).toEqual([[kind, expect.stringMatching(why)]]);
  });

  it('whose bill of materials is another one', async () => {
    expect(refusals(await verified({}, { materials: '0'.repeat(64) }))).toEqual([
      ['materials', expect.stringMatching(/another one/)],
    ]);
    expect((await verified({}, { materials: 'd'.repeat(64) })).ok).toBe(true);
  });

  it('that failed a later scan, whatever an earlier one said', async () => {
    const later: ImageStatement = imageStatement('scan', image, {
      ...statements.scan.predicate,
      verdict: 'fail',
      scannedAt: '2026-11-28T00:00:00Z',
    });
    const envelopes = await Promise.all(
      [statements.scan, later].map(async (one) => ({ envelope: await signed(one), receivedAt: null })),
    );
    expect(refusals(await verified({}, { envelopes, required: ['scan'] }))).toEqual([
      ['scan', expect.stringMatching(/ended as fail/)],
    ]);
  });
});

it('a key that is over counts for what was received while it was good', async () => {
  const keys = [keyOf(own, { notAfter: '2026-06-01T00:00:00Z' })];
  const envelopes = [{ envelope: await signed(statements.model), receivedAt: '2026-05-01T00:00:00Z' }];
  expect((await verified({}, { envelopes, keys, required: ['model'] })).ok).toBe(true);
});
