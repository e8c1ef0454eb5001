import { link, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { WantedRevision } from '../../domain/ports/deployment-target.js';
import type { ServingManifest } from '../../domain/serving/manifest.js';
import { fileDigest } from '../../machine/file-digest.js';
import { writeAtomically } from '../../machine/write-atomically.js';
import { unpackApplication } from '../application/unpack-application.js';

/** Where a host finds what it serves, within the folder of its revision. */
export const revisionFiles = {
  manifest: 'manifest.json',
  models: 'models',
  application: 'application',
} as const;

/**
 * Makes the folder of a revision anew, with all that its hosts need, from the files that were put beside. Errors:
 * `BLOB_MISSING` where one was not, `BLOB_CORRUPT`, `APPLICATION_INVALID` where a bundle cannot be unpacked.
 */
export async function makeRevisionFolder(
  folder: string,
  files: string,
  wanted: WantedRevision,
): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  const models = join(folder, revisionFiles.models);
  await mkdir(models, { recursive: true, mode: 0o700 });
  for (const sha256 of new Set(wanted.models.map((model) => model.sha256))) {
    // A link: it stays when the file that was put there goes.
    await link(await provenFile(files, sha256), join(models, `${sha256}.onnx`));
  }
  const application = await unpack(folder, files, wanted);
  const { models: served, revision, project, endpoint, defaultModel } = wanted;
  const manifest: ServingManifest = {
    version: 1,
    endpoint: `${project}/${endpoint}`,
    revision,
    models: served,
    defaultModel,
    application,
  };
  writeAtomically(join(folder, revisionFiles.manifest), `${JSON.stringify(manifest, null, 2)}\n`, 0o600);
}

async function unpack(
  folder: string,
  files: string,
  { application }: WantedRevision,
): Promise<ServingManifest['application']> {
  if (application === null) return null;
  const bundle = await provenFile(files, application.sha256);
  const target = join(folder, revisionFiles.application);
  await unpackApplication(bundle, application.sha256, target);
  return { folder: target, sha256: application.sha256 };
}

/** Path of a file whose bytes are the right ones. */
async function provenFile(files: string, sha256: string): Promise<string> {
  const path = join(files, sha256);
  const found = await fileDigest(path);
  if (found === sha256) return path;
  if (found === null)
    throw new RatchetError('BLOB_MISSING', `the file ${sha256} was not put into ${files}`, { sha256 });
  await rm(path, { force: true });
  throw new RatchetError('BLOB_CORRUPT', `the file ${sha256} in ${files} had other bytes`, { sha256 });
}
