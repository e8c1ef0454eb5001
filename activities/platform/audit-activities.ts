import type { AuditLog } from '../../domain/ports/audit.js';
import type { BlobStore } from '../../domain/ports/blobs.js';
import type { Signer } from '../../domain/ports/signing.js';
import { withHeartbeats } from '../steps/heartbeats.js';
import { type CheckpointedHead, signCheckpoint } from './sign-checkpoint.js';

/** Chores of the audit. */
export function createAuditActivities(deps: {
  readonly audit: AuditLog;
  readonly blobs: BlobStore;
  readonly signer: Signer;
}) {
  return {
    async signCheckpoint(): Promise<CheckpointedHead> {
      return withHeartbeats(() => signCheckpoint(deps));
    },
  };
}
export type AuditActivities = ReturnType<typeof createAuditActivities>;
