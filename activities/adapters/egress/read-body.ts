import { pipeline, Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';

const decoders = new Map([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
]);

interface Wanted {
  /** Whether as much as comes will do. */
  readonly isStart: boolean;
  readonly maxBytes: number;
}

/**
 * The body of an answer as text. It is counted as it comes and again after decompression, so that neither a long body nor
 * a small one that unpacks to a long one fills the memory. Error, unless a start will do: `EGRESS_FAILED`, or that of the
 * connection.
 */
export async function readBody(
  body: Readable,
  encoding: string | undefined,
  wanted: Wanted,
): Promise<{ readonly body: string; readonly isWhole: boolean }> {
  const chunks: Buffer[] = [];
  // A body that is left before its end has an error to tell, perhaps when nobody listens any more.
  body.on('error', () => undefined);
  try {
    for await (const chunk of capped(decoded(capped(body, wanted), encoding), wanted)) chunks.push(chunk);
    return { body: textOf(chunks), isWhole: true };
  } catch (error) {
    if (!wanted.isStart) throw error;
    return { body: textOf(chunks), isWhole: false };
  } finally {
    body.destroy();
  }
}

function decoded(wire: AsyncIterable<Buffer>, encoding = 'identity'): AsyncIterable<Buffer> {
  const name = encoding.trim().toLowerCase();
  if (name === 'identity' || name === '') return wire;
  const create = decoders.get(name);
  if (create === undefined) throw failed(`it is encoded as ${[...decoders.keys()].join(', ')} or not at all`);
  // Errors come out of the last stream.
  return pipeline(Readable.from(wire), create(), () => undefined);
}

/** A body of no more than so many bytes; what is over ends it with an error. */
async function* capped(chunks: AsyncIterable<Buffer>, { maxBytes }: Wanted): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of chunks) {
    const room = maxBytes - bytes;
    bytes += chunk.length;
    if (bytes <= maxBytes) yield chunk;
    else {
      yield chunk.subarray(0, room);
      throw failed(`it has at most ${maxBytes} bytes`);
    }
  }
}

const textOf = (chunks: readonly Buffer[]) => Buffer.concat(chunks).toString('utf8');

function failed(allowed: string): RatchetError {
  return new RatchetError('EGRESS_FAILED', `the body of an answer is not what is allowed: ${allowed}`);
}
