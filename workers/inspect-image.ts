import { messageOf, RatchetError } from '../domain/errors/ratchet-error.js';
import { answerImageRequest, imageRequestShape } from './images/image-requests.js';

/**
 * Answers one question about an image, over the channel to whoever started it, and ends. What an image holds was made
 * by others: whatever reading it does to this process, it does to no other. Needs no part of the stack.
 */
async function main(message: unknown): Promise<void> {
  const answer = await answered(message);
  process.send?.(answer, () => process.disconnect());
}

async function answered(message: unknown): Promise<object> {
  try {
    return { ok: true, value: await answerImageRequest(imageRequestShape.parse(message)) };
  } catch (error) {
    const { code, details } = error instanceof RatchetError ? error : { code: 'INTERNAL', details: {} };
    return { ok: false, code, message: messageOf(error), details };
  }
}

process.once('message', (message) => void main(message));
