import { once } from 'node:events';
import type { ErrorCode } from '../../domain/errors/catalogue.js';
import { type ErrorDetails, messageOf, RatchetError } from '../../domain/errors/ratchet-error.js';
import type { OnnxInterface } from '../../domain/onnx/model-interface.js';
import { startThread } from '../../inference/start-thread.js';

/** A model file whose structure is allowed, and what it says of itself. */
export interface SoundFile {
  readonly file: Uint8Array;
  readonly sha256: string;
  readonly interface: OnnxInterface;
  /** A row costs about the same whatever stands in it. */
  readonly isFixedCost: boolean;
}

export type ScanReply =
  | ({ readonly kind: 'sound' } & SoundFile)
  | {
      readonly kind: 'refused';
      readonly code: ErrorCode;
      readonly message: string;
      readonly details: ErrorDetails;
    };

/**
 * Reads and scans a model file in a thread of its own: a large file takes seconds, in which requests to other models
 * are answered. Errors: `MODEL_LOAD`, `MODEL_HOSTILE`, `MODEL_INTERFACE`, `INTERNAL` for a scan that broke.
 */
export async function scanInThread(path: string): Promise<SoundFile> {
  const reply = await replyOf(path);
  if (reply.kind === 'refused') throw new RatchetError(reply.code, reply.message, reply.details);
  const { kind: _, ...sound } = reply;
  return sound;
}

async function replyOf(path: string): Promise<ScanReply> {
  const thread = startThread(new URL('./scan-thread', import.meta.url), { workerData: { path } });
  try {
    const [reply] = (await once(thread, 'message')) as [ScanReply];
    return reply;
  } catch (cause) {
    throw new RatchetError('INTERNAL', `the scan of a model broke: ${messageOf(cause)}`, {}, { cause });
  } finally {
    await thread.terminate();
  }
}
