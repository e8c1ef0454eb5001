import { createPublicKey, createSign, generateKeyPairSync, verify } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Envelope, payloadTypes, type SigningKey } from '../../domain/signing/envelope.js';
import { generateKeyPair, keyPairOf } from '../../trust/keys.js';
import { createLocalSigner } from '../../trust/local-signer.js';
import { preAuthEncoding } from '../../trust/pae.js';
import { createVerifier } from '../../trust/verifier.js';

const pair = generateKeyPair();
const signer = createLocalSigner(pair.privateKey);
const verifier = createVerifier();
const at = '2026-01-02T00:00:00.000Z';

function keyOf(change: Partial<SigningKey> = {}, of = pair): SigningKey {
  return {
    id: of.id,
    publicKey: of.publicKey,
    notBefore: '2026-01-01T00:00:00.000Z',
    notAfter: null,
    revokedAt: null,
    ...change,
  };
}
const check = (envelope: Envelope, keys = [keyOf()], when = at) =>
  verifier.verify(envelope, payloadTypes.vote, keys, when);
const signed = (value: unknown) => signer.sign(payloadTypes.vote, value);

describe('the example that DSSE publishes', () => {
  const payload = Buffer.from('hello world');
  const encoded = preAuthEncoding('http://example.com/HelloWorld', payload);

  it('is encoded as its specification says', () => {
    expect(encoded.toString()).toBe('DSSEv1 29 http://example.com/HelloWorld 11 hello world');
  });

  it('carries a signature that fits what we encode', () => {
    const base64url = (decimal: string) =>
      Buffer.from(BigInt(decimal).toString(16).padStart(64, '0'), 'hex').toString('base64url');
    const key = createPublicKey({
      format: 'jwk',
      key: {
        kty: 'EC',
        crv: 'P-256',
        x: base64url('46950820868899156662930047687818585632848591499744589407958293238635476079160'),
        y: base64url('5640078356564379163099075877009565129882514886557779369047442380624545832820'),
      },
    });
    const sig = Buffer.from(
      'A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ+O88SjtR6rDAajabZKciJTfUiHqJPcIAriEGAHTVeCUjW2JIZA==',
      'base64',
    );
    expect(verify('sha256', encoded, { key, dsaEncoding: 'ieee-p1363' }, sig)).toBe(true);
  });

  it('counts lengths in bytes', () => {
    expect(preAuthEncoding('ü', Buffer.from('ö!')).toString()).toBe('DSSEv1 2 ü 3 ö!');
  });
});

describe('an envelope', () => {
  it('gives back what was signed, and by which key', async () => {
    const value = { b: [1, 'ü'], a: null };
    expect(check(await signed(value))).toEqual({ kind: 'valid', keyId: pair.id, value });
  });

  it('is of no use as another type', async () => {
    const envelope = await signed({ a: 1 });
    expect(verifier.verify(envelope, payloadTypes.statement, [keyOf()], at)).toMatchObject({
      reason: expect.stringContaining('and not a'),
    });
    const renamed = { ...envelope, payloadType: payloadTypes.statement };
    expect(verifier.verify(renamed, payloadTypes.statement, [keyOf()], at)).toMatchObject({
      reason: expect.stringContaining('does not fit'),
    });
  });

  it('does not survive a changed bit of its payload or signature', async () => {
    const envelope = await signed({ decision: 'approve', text: 'a text of some length' });
    const [signature] = envelope.signatures;
    const flip = (text: string, bit: number) => {
      const bytes = Buffer.from(text, 'base64');
      const index = Math.floor(bit / 8) % bytes.length;
      bytes[index] = (bytes[index] ?? 0) ^ (1 << (bit % 8));
      return bytes.toString('base64');
    };
    fc.assert(
      fc.property(fc.nat(10_000), fc.boolean(), (bit, inPayload) => {
        const changed = inPayload
          ? { ...envelope, payload: flip(envelope.payload, bit) }
          : {
              ...envelope,
              signatures: [{ keyid: pair.id, sig: flip(signature?.sig ?? '', bit) }],
            };
        expect(check(changed).kind).toBe('invalid');
      }),
    );
  });

  it.each([
    ['null', null],
    ['a text', 'signed'],
    ['a list', []],
    ['nothing of an envelope', {}],
    ['a signature that is null', { payloadType: payloadTypes.vote, payload: 'e30=', signatures: [null] }],
    ['signatures that are no list', { payloadType: payloadTypes.vote, payload: 'e30=', signatures: {} }],
  ])('is refused where what was stored is %s', (_, stored) => {
    const found = createVerifier().verify(stored as never, payloadTypes.vote, [], '2026-01-01T00:00:00Z');
    expect(found.kind).toBe('invalid');
  });

  it('is refused where it is not spelled as it was signed', async () => {
    const envelope = await signed({ a: 1 });
    for (const payload of [`${envelope.payload}\n`, envelope.payload.replace(/=+$/, ''), '', '*'])
      expect(check({ ...envelope, payload }).kind).toBe('invalid');
    expect(check({ ...envelope, signatures: [] })).toMatchObject({ reason: 'the envelope has no signature' });
    const many = Array.from({ length: 9 }, () => ({ keyid: 'x', sig: '' }));
    expect(check({ ...envelope, signatures: many })).toMatchObject({ reason: expect.stringContaining('9') });
  });

  it('is refused where its payload reads differently to different readers', () => {
    const payload = Buffer.from('{"a":1,"a":2}');
    const sig = createSign('sha256')
      .update(preAuthEncoding(payloadTypes.vote, payload))
      .sign(pair.privateKey);
    const envelope = {
      payloadType: payloadTypes.vote,
      payload: payload.toString('base64'),
      signatures: [{ keyid: pair.id, sig: sig.toString('base64') }],
    };
    expect(check(envelope)).toEqual({ kind: 'invalid', reason: 'the payload is not canonical JSON' });
  });

  it('counts by any one of its signatures', async () => {
    const envelope = await signed({ a: 1 });
    const two = { ...envelope, signatures: [{ keyid: 'unknown', sig: 'AA==' }, ...envelope.signatures] };
    expect(check(two).kind).toBe('valid');
  });
});

describe('a key', () => {
  const times: readonly (readonly [string, Partial<SigningKey>, string | null])[] = [
    ['counts between its dates', { notAfter: '2026-02-01T00:00:00.000Z' }, null],
    ['does not count before its beginning', { notBefore: '2026-01-03T00:00:00.000Z' }, 'counts from'],
    ['does not count after its end', { notAfter: '2026-01-01T12:00:00.000Z' }, 'counted until'],
    [
      'never counts once it was revoked, for what it signed before either',
      { revokedAt: '2026-06-01T00:00:00.000Z' },
      'was revoked',
    ],
    ['does not count where the time of the signature is none', { notBefore: 'never' }, 'counts from'],
  ];
  it.each(times)('%s', async (_, change, reason) => {
    const verified = check(await signed({ a: 1 }), [keyOf(change)]);
    expect(verified.kind).toBe(reason === null ? 'valid' : 'invalid');
    if (reason !== null) expect(verified).toMatchObject({ reason: expect.stringContaining(reason) });
  });

  it('is followed by another with overlap: both count, each for what it signed', async () => {
    const next = generateKeyPair();
    const keys = [
      keyOf({ notAfter: '2026-02-01T00:00:00.000Z' }),
      keyOf({ notBefore: '2026-01-15T00:00:00.000Z' }, next),
    ];
    const byNext = await createLocalSigner(next.privateKey).sign(payloadTypes.vote, { a: 1 });
    const during = '2026-01-20T00:00:00.000Z';
    expect(check(await signed({ a: 1 }), keys, during).kind).toBe('valid');
    expect(check(byNext, keys, during)).toMatchObject({ kind: 'valid', keyId: next.id });
    expect(check(byNext, keys, at).kind).toBe('invalid');
    expect(check(await signed({ a: 1 }), keys, '2026-03-01T00:00:00.000Z').kind).toBe('invalid');
  });

  it('is not believed under the id of another', async () => {
    const other = generateKeyPair();
    const forged = await createLocalSigner(other.privateKey).sign(payloadTypes.vote, { a: 1 });
    const [signature] = forged.signatures;
    const envelope = { ...forged, signatures: [{ keyid: pair.id, sig: signature?.sig ?? '' }] };
    expect(check(envelope)).toMatchObject({ reason: expect.stringContaining('does not fit') });
    expect(check(envelope, [keyOf({ publicKey: other.publicKey })])).toMatchObject({
      reason: expect.stringContaining('another key under its id'),
    });
    expect(check(forged)).toMatchObject({ reason: expect.stringContaining('is not registered') });
  });

  it('of another curve signs nothing and verifies nothing, and its text is not repeated', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'secp384r1' });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    expect(() => createLocalSigner(pem)).toThrow(/^the signing key is not a P-256 private key/);
    expect(() => createLocalSigner('hello')).toThrow(expect.objectContaining({ code: 'SETTING_INVALID' }));
    const spki = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    expect(check(await signed({ a: 1 }), [keyOf({ publicKey: spki })]).kind).toBe('invalid');
  });

  it('has the id that its private half says', () => {
    expect(keyPairOf(pair.privateKey)).toEqual(pair);
    expect(pair.id).toMatch(/^[0-9a-f]{16}$/);
  });
});
