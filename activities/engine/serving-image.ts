import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { engineLabels } from '../../domain/engine/labels.js';
import { archiveKey } from '../../domain/engine/staged-archive.js';
import type { BlobRef, BlobStore } from '../../domain/ports/blobs.js';
import type { BuiltImage, Engine } from '../../domain/ports/engine.js';
import { stageImageContext } from './image-context.js';
import { unpackBundle } from './unpack-bundle.js';

/** Where an image of the serving host comes from. */
export interface ServingImageInput {
  /** The built application; null for the stock one. */
  readonly application: BlobRef | null;
  /** Commit of the serving code; null for the stock application. */
  readonly commit: string | null;
  /** `<project>/<model>` that it is for; there is no model in it. */
  readonly model: string;
  /** Id of the release that asks for it. */
  readonly run: string;
}

export interface ImageSetting {
  readonly engine: Engine;
  readonly blobs: Pick<BlobStore, 'fetchFile' | 'stageFile'>;
  /** The agent's folder. */
  readonly root: string;
  readonly packageRoot: string;
  readonly base: () => Promise<string>;
}

/** Builds it, unless equal content was built for the same commit. Errors: `APPLICATION_INVALID`, `IMAGE_FAILED`, those of the store. */
export async function buildServingImage(
  { engine, blobs, root, packageRoot, base }: ImageSetting,
  { application, commit, model, run }: ServingImageInput,
  signal: AbortSignal,
): Promise<BuiltImage> {
  return inFolder(root, async (folder) => {
    const context = join(folder, 'context');
    await mkdir(context);
    const code = application === null ? null : join(folder, 'application');
    if (application !== null && code !== null) {
      const bundle = join(folder, 'bundle.tar');
      await blobs.fetchFile(application, bundle);
      await mkdir(code);
      await unpackBundle(bundle, code);
    }
    const recipe = await stageImageContext(context, { packageRoot, application: code });
    const labels = { [engineLabels.commit]: commit ?? 'none', [engineLabels.model]: model };
    return engine.build({ folder: context, recipe: { ...recipe, base: await base() }, labels, run }, signal);
  });
}

/** The archive of an image, as a scan reads it, in staging: whoever reads it deletes it then. Errors: `IMAGE_NOT_FOUND`, those of the store. */
export async function storeImageArchive(
  { engine, blobs, root }: ImageSetting,
  id: string,
  signal: AbortSignal,
): Promise<BlobRef> {
  return inFolder(root, async (folder) => {
    const archive = join(folder, 'image.tar');
    await engine.save(id, archive, signal);
    return blobs.stageFile(archiveKey(Date.now(), randomUUID()), archive);
  });
}

/** Takes away what builds left that were killed. For the start of an agent, before it builds anything. */
export async function removeHalfBuilt(root: string): Promise<void> {
  await mkdir(root, { recursive: true });
  const left = (await readdir(root)).filter((name) => /^(image|base)-/.test(name));
  await Promise.all(left.map((name) => rm(join(root, name), { recursive: true, force: true })));
}

async function inFolder<T>(root: string, work: (folder: string) => Promise<T>): Promise<T> {
  await mkdir(root, { recursive: true });
  const folder = await mkdtemp(join(root, 'image-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
