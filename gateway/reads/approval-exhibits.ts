import type { z } from '@hono/zod-openapi';
import type { CodeChanges } from '../../domain/approvals/code-changes.js';
import { commitOfChange } from '../../domain/changes/change-stages.js';
import { governedDiff } from '../../domain/changes/governed-diff.js';
import type { GovernedParts, PartsInForce } from '../../domain/changes/governed-parts.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { ApprovalRecord } from '../../domain/ports/approvals.js';
import type { BlobRef } from '../../domain/ports/blobs.js';
import type { GatewayDeps } from '../deps.js';
import { asJsonObject } from '../http/json.js';
import type { codeChangesSchema, shownChangeSchema } from '../shapes/exhibits.js';

/**
 * What a change of the project changes: exactly what the digests are of that its votes are about. Errors: `BLOB_CORRUPT`
 * where it is not, those of the store.
 */
export async function shownChange(
  { blobs }: GatewayDeps,
  { subject, digests, exhibits: { inForce, wanted } }: ApprovalRecord,
): Promise<z.infer<typeof shownChangeSchema>> {
  const commit = commitOfChange(subject) ?? subject;
  if (inForce === undefined || wanted === undefined) return { commit, follows: null, differences: null };
  requireDigest(inForce, digests.policy, 'what is in force');
  requireDigest(wanted, digests.change, 'what is wanted');
  // The store checks that the bytes have their digest.
  const [before, after] = await Promise.all([blobs.getJson(inForce), blobs.getJson(wanted)]);
  const { commit: follows, governed } = before as PartsInForce;
  const differences = governedDiff(governed, after as GovernedParts);
  return {
    commit,
    follows,
    differences: differences.map(({ before: old, after: fresh, ...difference }) => ({
      ...difference,
      before: old && asJsonObject(old),
      after: fresh && asJsonObject(fresh),
    })),
  };
}

function requireDigest({ sha256 }: BlobRef, digest: string | undefined, what: string): void {
  if (sha256 === digest) return;
  throw new RatchetError(
    'BLOB_CORRUPT',
    `${what} is kept with digest ${sha256}, and the votes are about ${digest ?? 'none'}`,
  );
}

/** What of the code differs from the champion's; null where there was none, or it was not kept. */
export async function shownCode(
  { blobs, projects }: GatewayDeps,
  { project, exhibits: { code } }: ApprovalRecord,
): Promise<z.infer<typeof codeChangesSchema> | null> {
  if (code === undefined) return null;
  const [{ repo }, kept] = await Promise.all([projects.get(project), blobs.getJson(code)]);
  const { files, total, ...rest } = kept as CodeChanges;
  return { ...rest, repo, files: files.map((file) => ({ ...file })), total: { ...total } };
}
