import type { BlobRef } from '../../domain/ports/blobs.js';
import type { DatasetManifest, DatasetRecord } from '../../domain/ports/datasets.js';
import type { DataDeps } from './deps.js';
import { findWhole } from './find-whole.js';

/** One line of a manifest's checks. */
export type DatasetCheck = DatasetManifest['checks'][number];

/** Adds the proofs to a draft and publishes it: a new version, or the whole one that has its key already. */
export async function publishDataset(
  deps: Pick<DataDeps, 'blobs' | 'datasets'>,
  input: {
    readonly draft: BlobRef;
    readonly checks: readonly DatasetCheck[];
    readonly runId: string | null;
  },
): Promise<DatasetRecord> {
  const draft = (await deps.blobs.getJson(input.draft)) as DatasetManifest;
  const manifest: DatasetManifest = { ...draft, checks: [...draft.checks, ...input.checks] };
  const known = await findWhole(deps, manifest);
  if (known !== null) return known;
  const ref = await deps.blobs.putJson(manifest);
  return await deps.datasets.publish(manifest, ref, input.runId);
}
