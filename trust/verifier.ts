import { verify } from 'node:crypto';
import { canonicalText } from '../domain/canonical-text.js';
import type { Verified, Verifier } from '../domain/ports/signing.js';
import type { Envelope, SigningKey } from '../domain/signing/envelope.js';
import { readPublicKey } from './keys.js';
import { preAuthEncoding } from './pae.js';

/** Largest payload that is looked at; the signatures of more are not even checked. */
const mostPayloadCharacters = 2 * 1024 * 1024;
const mostSignatures = 8;

type Signature = Envelope['signatures'][number];

/**
 * Checks DSSE envelopes. One good signature by a key that counted when it was made is enough; the payload must be
 * canonical JSON, so that no two readers find different values in it.
 */
export function createVerifier(): Verifier {
  return {
    verify(envelope, payloadType, keys, at) {
      const malformed = shapeProblem(envelope, payloadType);
      if (malformed !== null) return { kind: 'invalid', reason: malformed };
      const payload = Buffer.from(envelope.payload, 'base64');
      const message = preAuthEncoding(payloadType, payload);
      const reasons: string[] = [];
      for (const signature of envelope.signatures) {
        const problem = signatureProblem(message, signature, keys, at);
        if (problem === null) return readValue(payload, signature.keyid);
        reasons.push(problem);
      }
      return { kind: 'invalid', reason: reasons.join('; ') };
    },
  };
}

/** Whoever could write the row could write anything into it. */
function shapeProblem(envelope: Envelope, payloadType: string): string | null {
  if (!isRecord(envelope)) return 'what was stored is not an envelope';
  const { payload, signatures, payloadType: came } = envelope;
  if (came !== payloadType)
    return `the envelope holds a ${String(came).slice(0, 100)} and not a ${payloadType}`;
  if (!isBase64(payload)) return 'the payload is not base64';
  if (payload.length > mostPayloadCharacters) return `the payload has ${payload.length} characters`;
  if (!Array.isArray(signatures) || signatures.length === 0) return 'the envelope has no signature';
  if (!signatures.every(isRecord)) return 'a signature of the envelope is not one';
  return signatures.length <= mostSignatures ? null : `the envelope has ${signatures.length} signatures`;
}

const isRecord = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Why a signature does not count; null where it does. */
function signatureProblem(
  message: Buffer,
  { keyid, sig }: Signature,
  keys: readonly SigningKey[],
  at: string,
): string | null {
  const known = keys.find(({ id }) => id === keyid);
  const name = `key ${String(keyid).slice(0, 40)}`;
  if (known === undefined) return `${name} is not registered`;
  const untimely = timeProblem(known, at);
  if (untimely !== null) return `${name} ${untimely}`;
  const read = readPublicKey(known.publicKey);
  if (read === undefined || read.id !== keyid) return `${name} is registered with another key under its id`;
  const holds = isBase64(sig) && verify('sha256', message, read.key, Buffer.from(sig, 'base64'));
  return holds ? null : `the signature of ${name} does not fit the payload`;
}

function timeProblem({ notBefore, notAfter, revokedAt }: SigningKey, at: string): string | null {
  const atMs = Date.parse(at);
  if (revokedAt !== null) return `was revoked at ${revokedAt}`;
  if (!(atMs >= Date.parse(notBefore))) return `counts from ${notBefore}, and the signature is of ${at}`;
  if (notAfter === null || atMs <= Date.parse(notAfter)) return null;
  return `counted until ${notAfter}, and the signature is of ${at}`;
}

function readValue(payload: Buffer, keyId: string): Verified {
  const text = payload.toString('utf8');
  try {
    const value: unknown = JSON.parse(text);
    if (canonicalText(value) === text) return { kind: 'valid', keyId, value };
    return { kind: 'invalid', reason: 'the payload is not canonical JSON' };
  } catch {
    return { kind: 'invalid', reason: 'the payload is not JSON' };
  }
}

/** The one spelling that the bytes have: with its padding, and nothing that a lenient reader would skip. */
const isBase64 = (text: unknown): text is string =>
  typeof text === 'string' && Buffer.from(text, 'base64').toString('base64') === text;
