import { checkpointFolder, checkpointKey, rowOfCheckpoint } from '../../domain/audit/checkpoint-key.js';
import { canonicalText } from '../../domain/canonical-text.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { AuditCheckpoint, AuditLog } from '../../domain/ports/audit.js';
import type { BlobStore } from '../../domain/ports/blobs.js';
import type { Signer } from '../../domain/ports/signing.js';
import { type Envelope, payloadTypes } from '../../domain/signing/envelope.js';

interface CheckpointDeps {
  readonly audit: AuditLog;
  readonly blobs: BlobStore;
  readonly signer: Signer;
}

/** The row up to which there is a checkpoint, 0 while there is no row, and whether it was signed this time. */
export interface CheckpointedHead {
  readonly seq: number;
  readonly signed: boolean;
}

/**
 * Signs the head of the chain, and keeps the envelope first outside of the database and then beside it. A head that has
 * its checkpoint gets no other; one that was kept outside alone is put beside. Error: `AUDIT_BROKEN` where what was kept
 * outside contradicts the chain, which then is not signed.
 */
export async function signCheckpoint(deps: CheckpointDeps): Promise<CheckpointedHead> {
  const { audit, blobs, signer } = deps;
  const head = await audit.head();
  const seq = head?.seq ?? 0;
  const kept = await blobs.listKept(checkpointFolder, checkpointKey(seq));
  const beyond = kept.find((key) => key !== checkpointKey(seq));
  if (beyond !== undefined) {
    await requireGrown(audit, beyond);
    return { seq, signed: false };
  }
  if (head === undefined) return { seq: 0, signed: false };
  const envelope = kept.length === 0 ? await signer.sign(payloadTypes.checkpoint, head) : undefined;
  const signed = envelope !== undefined && (await blobs.keepJson(checkpointKey(seq), envelope));
  await audit.keepCheckpoint({ ...head, envelope: signed ? envelope : await keptOf(deps, head) });
  return { seq, signed };
}

/** A later head may have got its checkpoint while this one was looked at: then the chain has grown past it. */
async function requireGrown(audit: AuditLog, key: string): Promise<void> {
  const seq = (await audit.head())?.seq ?? 0;
  if ((rowOfCheckpoint(key) ?? Number.POSITIVE_INFINITY) <= seq) return;
  const text = `the chain ends at row ${seq}, and ${key} was kept: the rows after it are gone`;
  throw new RatchetError('AUDIT_BROKEN', text, { seq, key });
}

/** The envelope that was kept of a row. Its signature is for whoever verifies; here it has to say the same. */
async function keptOf({ blobs }: CheckpointDeps, head: AuditCheckpoint): Promise<Envelope> {
  const key = checkpointKey(head.seq);
  const kept = (await blobs.readKept(key)).value as Envelope | null;
  const payload = Buffer.from(canonicalText(head), 'utf8').toString('base64');
  if (kept?.payload === payload && kept.payloadType === payloadTypes.checkpoint) return kept;
  const text = `${key} is about another row ${head.seq} than the chain has: it was computed anew`;
  throw new RatchetError('AUDIT_BROKEN', text, { seq: head.seq, key });
}
