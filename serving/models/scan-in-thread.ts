import { once } from 'node:events';
import type { ErrorCode } from '../../domain/errors/catalogue.js';
import { type ErrorDetails, RatchetError } from '../../domain/errors/ratchet-error.js';
import { startThread } from '../../inference/start-thread.js';
import type { SoundFile } from './scan-file.js';

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
 * are answered. Errors: `MODEL_LOAD`, `MODEL_HOSTILE`, `MODEL_INTERFACE`, and whatever a scan broke with.
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
  } finally {
    await thread.terminate();
  }
}
