import { readFile, stat } from 'node:fs/promises';
import { messageOf, RatchetError } from '../../domain/errors/ratchet-error.js';
import { structureLimits } from '../../domain/onnx/limits.js';

/** Error: `MODEL_LOAD` where there is no such file, or it is too large. */
export async function readModelFile(path: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size <= structureLimits.bytes) return await readFile(path);
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? messageOf(cause);
    throw new RatchetError('MODEL_LOAD', `model.onnx cannot be read: ${reason}`, {}, { cause });
  }
  throw new RatchetError('MODEL_LOAD', `model.onnx is larger than ${structureLimits.bytes} bytes`);
}
