import type { AuditCheckpoint } from '../domain/ports/audit.js';
import type { Verifier } from '../domain/ports/signing.js';
import { type Envelope, payloadTypes, type SigningKey } from '../domain/signing/envelope.js';

/**
 * What a signed checkpoint says, where its signature counts; else why not, in words. `at` is when the envelope was
 * stored, by a clock that the signer does not hold.
 */
export function readCheckpoint(
  envelope: Envelope,
  at: string,
  { verifier, keys }: { readonly verifier: Verifier; readonly keys: readonly SigningKey[] },
): AuditCheckpoint | string {
  const found = verifier.verify(envelope, payloadTypes.checkpoint, keys, at);
  if (found.kind === 'invalid') return found.reason;
  const value = found.value as Partial<Record<keyof AuditCheckpoint, unknown>> | null;
  const { seq, hash, at: made } = value ?? {};
  const isHash = typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash);
  if (typeof seq === 'number' && Number.isSafeInteger(seq) && isHash && typeof made === 'string') {
    return { seq, hash, at: made };
  }
  return 'what was signed is not a checkpoint';
}
