import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { BlobRef, BlobStore } from '../../domain/ports/blobs.js';
import type { DatasetManifest, DatasetRecord } from '../../domain/ports/datasets.js';
import type { DataDeps } from './deps.js';

/** The version with a key, if every object that it needs is there. */
export async function findWhole(
  deps: Pick<DataDeps, 'blobs' | 'datasets'>,
  { project, name, key }: { readonly project: string; readonly name: string; readonly key: string },
): Promise<DatasetRecord | null> {
  const record = await deps.datasets.findByKey(project, name, key);
  if (record === undefined) return null;
  return (await readWhole(deps.blobs, record)) === null ? null : record;
}

/** The manifest of a version. Null where it, or an object that it names, is gone. */
export async function readWhole(
  blobs: BlobStore,
  { manifest: ref }: DatasetRecord,
): Promise<DatasetManifest | null> {
  const manifest = await manifestOf(blobs, ref);
  if (manifest === null) return null;
  const there = await Promise.all([ref, ...objectsOf(manifest)].map((object) => blobs.exists(object)));
  return there.every(Boolean) ? manifest : null;
}

async function manifestOf(blobs: BlobStore, ref: BlobRef): Promise<DatasetManifest | null> {
  try {
    return (await blobs.getJson(ref)) as DatasetManifest;
  } catch (error) {
    if (error instanceof RatchetError && error.code === 'BLOB_MISSING') return null;
    throw error;
  }
}

/** Every object that a version needs to be whole. */
function objectsOf(manifest: DatasetManifest): readonly BlobRef[] {
  return [
    ...Object.values(manifest.files),
    ...(manifest.quarantine === null ? [] : [manifest.quarantine]),
    manifest.definition,
    ...manifest.sources.map(({ snapshot }) => snapshot),
    ...manifest.features.map(({ vectors }) => vectors),
  ];
}
