import type { DatasetVersionRef } from '../../domain/lifecycle/train-model.js';
import type { BlobStore } from '../../domain/ports/blobs.js';
import type { DatasetManifest, DatasetStore } from '../../domain/ports/datasets.js';

/** What a published version is made of. */
export async function readManifest(
  deps: { readonly blobs: BlobStore; readonly datasets: DatasetStore },
  {
    project,
    dataset,
  }: { readonly project: string; readonly dataset: Pick<DatasetVersionRef, 'name' | 'version'> },
): Promise<DatasetManifest> {
  const record = await deps.datasets.get(project, dataset.name, String(dataset.version));
  return (await deps.blobs.getJson(record.manifest)) as DatasetManifest;
}
