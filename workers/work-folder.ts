import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { stillRuns } from './process-identity.js';

/**
 * Makes the folder below `parent` that this worker alone works in. What workers left that were killed goes: a worker
 * that ends in order leaves nothing.
 */
export async function claimWorkFolder(parent: string, identity: string, log: Logger): Promise<string> {
  const own = join(parent, identity.replaceAll('/', '~'));
  await mkdir(own, { recursive: true });
  for (const name of await readdir(parent)) {
    const folder = join(parent, name);
    if ((await stillRuns(name.replaceAll('~', '/'))) === false) await remove(folder, log);
  }
  return own;
}

/** A program of the dead worker may still be on its way out; what cannot be removed is tried again by the next start. */
async function remove(folder: string, log: Logger): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  } catch (error) {
    log.warn({ folder, error }, 'what a worker left could not be removed');
  }
}
