import { stat } from 'node:fs/promises';
import { messageOf, RatchetError } from '../../domain/errors/ratchet-error.js';
import { type SoundFile, scanFile } from './scan-file.js';
import { scanInThread } from './scan-in-thread.js';

/** Read and scanned in some tens of milliseconds, less than a thread takes to start. */
const smallBytes = 256 * 1024;

/**
 * Reads and scans a model file. `isAnswering`: there are requests that must not wait for it, so that it is done in a thread.
 * Errors: `MODEL_LOAD`, `MODEL_HOSTILE`, `MODEL_INTERFACE`, `INTERNAL` for a scan that broke.
 */
export async function scanModel(path: string, isAnswering: boolean): Promise<SoundFile> {
  try {
    return await (isAnswering || !(await isSmall(path)) ? scanInThread(path) : scanFile(path));
  } catch (cause) {
    if (cause instanceof RatchetError) throw cause;
    throw new RatchetError('INTERNAL', `the scan of a model broke: ${messageOf(cause)}`, {}, { cause });
  }
}

/** Why a file cannot be read is told by whoever reads it. */
async function isSmall(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found !== null && found.size <= smallBytes;
}
