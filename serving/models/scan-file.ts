import { createHash } from 'node:crypto';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { isFixedCost } from '../../domain/onnx/fixed-cost.js';
import { modelInterface, type OnnxInterface } from '../../domain/onnx/model-interface.js';
import { scanStructure } from '../../domain/onnx/scan-structure.js';
import { readModelFile } from './read-model-file.js';

/** A model file whose structure is allowed, and what it says of itself. */
export interface SoundFile {
  readonly file: Uint8Array;
  readonly sha256: string;
  readonly interface: OnnxInterface;
  /** A row costs about the same whatever stands in it. */
  readonly isFixedCost: boolean;
}

/**
 * Reads and scans a model file, on the thread that asks for it. The file lies in a buffer of its own, which can be given away.
 * Errors: `MODEL_LOAD`, `MODEL_HOSTILE`, `MODEL_INTERFACE`.
 */
export async function scanFile(path: string): Promise<SoundFile> {
  // A small file lies in a buffer that is shared with others.
  const file = new Uint8Array(await readModelFile(path));
  const verdict = scanStructure(file);
  if (verdict.ok) {
    const sha256 = createHash('sha256').update(file).digest('hex');
    return { file, sha256, interface: modelInterface(file), isFixedCost: isFixedCost(verdict.summary) };
  }
  const texts = verdict.findings.map((f) => f.text).join('; ');
  throw new RatchetError('MODEL_HOSTILE', texts, { rule: verdict.findings[0]?.rule });
}
