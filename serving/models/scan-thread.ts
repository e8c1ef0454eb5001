import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { isFixedCost } from '../../domain/onnx/fixed-cost.js';
import { modelInterface } from '../../domain/onnx/model-interface.js';
import { scanStructure } from '../../domain/onnx/scan-structure.js';
import { readModelFile } from './read-model-file.js';
import type { ScanReply, SoundFile } from './scan-in-thread.js';

/** The program of a thread that scans one file and ends. */
const { path } = workerData as { readonly path: string };

async function scan(): Promise<SoundFile> {
  // A small file lies in a buffer that is shared with others and cannot be given away.
  const file = new Uint8Array(await readModelFile(path));
  const verdict = scanStructure(file);
  if (verdict.ok) {
    const sha256 = createHash('sha256').update(file).digest('hex');
    return { file, sha256, interface: modelInterface(file), isFixedCost: isFixedCost(verdict.summary) };
  }
  const texts = verdict.findings.map((f) => f.text).join('; ');
  throw new RatchetError('MODEL_HOSTILE', texts, { rule: verdict.findings[0]?.rule });
}

try {
  const sound = await scan();
  send({ kind: 'sound', ...sound }, [sound.file.buffer as ArrayBuffer]);
} catch (error) {
  if (!(error instanceof RatchetError)) throw error;
  const { code, message, details } = error;
  send({ kind: 'refused', code, message, details });
}

function send(reply: ScanReply, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(reply, transfer);
}
