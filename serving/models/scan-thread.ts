import { parentPort, workerData } from 'node:worker_threads';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { scanFile } from './scan-file.js';
import type { ScanReply } from './scan-in-thread.js';

/** The program of a thread that scans one file and ends. */
const { path } = workerData as { readonly path: string };

try {
  const sound = await scanFile(path);
  send({ kind: 'sound', ...sound }, [sound.file.buffer as ArrayBuffer]);
} catch (error) {
  if (!(error instanceof RatchetError)) throw error;
  const { code, message, details } = error;
  send({ kind: 'refused', code, message, details });
}

function send(reply: ScanReply, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(reply, transfer);
}
