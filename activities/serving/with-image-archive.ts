import { join } from 'node:path';
import { archiveFolder } from '../../domain/engine/staged-archive.js';
import type { BlobStore } from '../../domain/ports/blobs.js';
import type { ImageRef } from '../../domain/ports/deployment-target.js';
import type { EngineAgent } from '../adapters/engine-agent/create-engine-agent.js';
import { inFolder } from './in-folder.js';

export interface ArchiveDeps {
  readonly blobs: Pick<BlobStore, 'fetchFile' | 'deleteStaged'>;
  readonly engine: EngineAgent;
  readonly workDir: string;
}

/**
 * Has the agent give an image out, and works on its archive, alone in a folder. In every ending neither the folder nor the
 * object that it came in is left. Errors: those of the agent and the store.
 */
export async function withImageArchive<T>(
  { blobs, engine, workDir }: ArchiveDeps,
  { image, key, signal }: { readonly image: ImageRef; readonly key: string; readonly signal: AbortSignal },
  work: (archive: string, folder: string) => Promise<T>,
): Promise<T> {
  const ref = await engine.ask('storeImageArchive', { key, signal }, image);
  const staged = archiveFolder(ref.uri);
  return inFolder(workDir, 'scan', async (folder) => {
    const archive = join(folder, 'image.tar');
    try {
      await blobs.fetchFile(ref, archive);
    } finally {
      if (staged !== undefined) await blobs.deleteStaged(staged);
    }
    return work(archive, folder);
  });
}
