import { chmod, cp, link, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BlobRef, BlobStore } from '../../../domain/ports/blobs.js';
import type { WantedRevision } from '../../../domain/ports/deployment-target.js';
import type { ManifestModel, ServingManifest } from '../../../domain/serving/manifest.js';
import { fileDigest } from '../../../machine/file-digest.js';
import { keep } from './kept-json.js';

export interface RevisionSources {
  readonly blobs: Pick<BlobStore, 'fetchFile'>;
  /** Where the file of a model is stored. */
  readonly modelFile: (model: ManifestModel) => BlobRef;
  /** Folder of files by digest that all endpoints share. */
  readonly files: string;
}

/** Where a container finds its revision, and its application within its image. */
export const insideContainer = { revision: '/revision', application: '/app/application' } as const;

/**
 * Lays out what replicas of a revision read, with every file proven, so that they start again with no store in reach.
 * Errors: `BLOB_MISSING`, `BLOB_CORRUPT`, `PART_UNAVAILABLE`.
 */
export async function layOutRevision(
  folder: string,
  wanted: WantedRevision,
  { blobs, modelFile, files }: RevisionSources,
): Promise<void> {
  await mkdir(files, { recursive: true });
  await rm(folder, { recursive: true, force: true });
  for (const model of wanted.models) {
    const kept = join(files, `${model.sha256}.onnx`);
    if ((await fileDigest(kept)) !== model.sha256) await blobs.fetchFile(modelFile(model), kept);
    await chmod(kept, 0o644);
    const place = join(folder, 'models', `${model.sha256}.onnx`);
    await mkdir(dirname(place), { recursive: true });
    // Of one device: a link costs nothing, and stays when the shared file goes.
    await link(kept, place).catch(() => cp(kept, place));
  }
  const { project, endpoint, revision, models, defaultModel, application } = wanted;
  const manifest: ServingManifest = {
    version: 1,
    endpoint: `${project}/${endpoint}`,
    revision,
    models,
    defaultModel,
    application:
      application === null ? null : { folder: insideContainer.application, sha256: application.sha256 },
  };
  await keep(join(folder, 'manifest.json'), manifest);
}
