import type { Verifier } from '../../ports/signing.js';
import { type Envelope, payloadTypes, type SigningKey } from '../../signing/envelope.js';
import { type ImagePredicate, imagePredicateNames, imagePredicates } from './image-statement.js';

/** An envelope, and when it came to whoever keeps it; null where nobody but its maker knows. */
export interface KeptEnvelope {
  readonly envelope: Envelope;
  readonly receivedAt: string | null;
}

export interface VerifyImageRequest {
  /** Digest of the configuration or of the manifest, `sha256:` and 64 hex digits. A name or a tag is never asked about. */
  readonly imageDigest: string;
  readonly envelopes: readonly KeptEnvelope[];
  /** Those that the verifier owns; what comes with the image has no say. */
  readonly keys: readonly SigningKey[];
  readonly now: string;
  /** Default: all. */
  readonly required?: readonly ImagePredicate[];
  /** SHA-256 of the bill of materials that lies beside the image, where one does. */
  readonly materials?: string;
}

/** What is true of one kind of statement about the image. */
export interface StatementCheck {
  readonly kind: ImagePredicate;
  readonly ok: boolean;
  /** Whose signature it has; null where none counts. */
  readonly keyId: string | null;
  /** Why it counts for nothing, in words; what it says, where it counts. */
  readonly text: string;
}

export interface ImageVerification {
  readonly ok: boolean;
  readonly statements: readonly StatementCheck[];
}

type Read =
  | {
      readonly kind: 'counts';
      readonly keyId: string;
      readonly type: string;
      readonly predicate: Readonly<Record<string, unknown>>;
    }
  /** `type` is null where the signature does not count, so that nothing is known. */
  | { readonly kind: 'refused'; readonly type: string | null; readonly reason: string };

/** Whether every statement that is asked for is there, signed by a key that counts, and about this image. */
export function verifyImage(request: VerifyImageRequest, verifier: Verifier): ImageVerification {
  const read = request.envelopes.map((kept) => readStatement(kept, request, verifier));
  const statements = (request.required ?? imagePredicateNames).map((kind) => checkOf(kind, read, request));
  return { ok: statements.length > 0 && statements.every(({ ok }) => ok), statements };
}

function readStatement(
  { envelope, receivedAt }: KeptEnvelope,
  request: VerifyImageRequest,
  verifier: Verifier,
): Read {
  const verified = verifier.verify(envelope, payloadTypes.statement, request.keys, receivedAt ?? request.now);
  if (verified.kind === 'invalid') return { kind: 'refused', type: null, reason: verified.reason };
  const { _type: format, subject, predicateType: type, predicate } = record(verified.value);
  if (format !== 'https://in-toto.io/Statement/v1' || typeof type !== 'string')
    return { kind: 'refused', type: null, reason: 'a signed payload is no statement of in-toto, version 1' };
  const digests = Array.isArray(subject) ? subject.map((one) => record(record(one)['digest'])['sha256']) : [];
  if (digests.some((digest) => `sha256:${digest}` === request.imageDigest))
    return { kind: 'counts', keyId: verified.keyId, type, predicate: record(predicate) };
  const about = digests.map((digest) => `sha256:${String(digest).slice(0, 64)}`).join(', ') || 'nothing';
  return { kind: 'refused', type, reason: `it is about another image (${about})` };
}

function checkOf(kind: ImagePredicate, read: readonly Read[], request: VerifyImageRequest): StatementCheck {
  const type = imagePredicates[kind];
  const reasons: string[] = [];
  for (const one of newestScan(kind, read)) {
    if (one.type !== type) continue;
    const problem = one.kind === 'refused' ? one.reason : problemOf(kind, one.predicate, request);
    if (problem === null && one.kind === 'counts')
      return { kind, ok: true, keyId: one.keyId, text: `signed by key ${one.keyId}` };
    reasons.push(problem ?? '');
  }
  // What has no good signature may have been meant to be this one; it is named, and says nothing.
  const unsigned = read.flatMap((one) => (one.kind === 'refused' && one.type === null ? [one.reason] : []));
  const told = reasons.length > 0 ? reasons : [`there is no statement of this kind`, ...unsigned];
  return { kind, ok: false, keyId: null, text: [...new Set(told)].join('; ').slice(0, 1000) };
}

/** A later scan of the same image takes back what an earlier one said. */
function newestScan(kind: ImagePredicate, read: readonly Read[]): readonly Read[] {
  if (kind !== 'scan') return read;
  const at = (one: Read) =>
    one.kind === 'counts' ? Date.parse(String(one.predicate['scannedAt'])) : Number.NaN;
  const scans = read.filter((one) => one.kind === 'counts' && one.type === imagePredicates.scan);
  const newest = scans.toSorted((a, b) => (at(b) || 0) - (at(a) || 0)).slice(0, 1);
  return newest.length === 0 ? read : newest;
}

/** What a well signed statement says that the image may not be run for. */
function problemOf(
  kind: ImagePredicate,
  predicate: Readonly<Record<string, unknown>>,
  { materials }: VerifyImageRequest,
): string | null {
  if (kind === 'scan' && predicate['verdict'] !== 'pass')
    return `the scan ended as ${String(predicate['verdict']).slice(0, 40)}, allowed is pass`;
  if (kind === 'build' && !/(?:^|@)sha256:[0-9a-f]{64}$/.test(String(predicate['base'])))
    return `the base is ${String(predicate['base']).slice(0, 200)}, allowed is one by digest`;
  if (kind === 'materials' && materials !== undefined && predicate['sha256'] !== materials)
    return `the bill of materials beside the image is another one (${materials})`;
  return null;
}

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
