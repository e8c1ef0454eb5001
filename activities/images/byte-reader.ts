import { RatchetError } from '../../domain/errors/ratchet-error.js';

/** Reads a stream piece by piece, and counts. */
export interface ByteReader {
  /** Exactly so many bytes; null where the stream ended before the first. Error: `IMAGE_INVALID` where it ends within. */
  take(bytes: number): Promise<Buffer | null>;
  /** Up to so many bytes, as they come; null at the end. */
  some(most: number): Promise<Buffer | null>;
  /** Reads what is left, so that the whole stream was seen. */
  drain(): Promise<void>;
  /** How many bytes were given out. */
  readonly position: number;
}

export function createByteReader(chunks: AsyncIterable<Uint8Array>): ByteReader {
  const iterator = chunks[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  let position = 0;

  async function some(most: number): Promise<Buffer | null> {
    while (rest.length === 0) {
      const next = await iterator.next();
      if (next.done) return null;
      rest = Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength);
    }
    const taken = rest.subarray(0, most);
    rest = rest.subarray(taken.length);
    position += taken.length;
    return taken;
  }

  return {
    some,
    async take(bytes) {
      const parts: Buffer[] = [];
      let missing = bytes;
      while (missing > 0) {
        const part = await some(missing);
        if (part === null && parts.length === 0) return null;
        if (part === null)
          throw new RatchetError('IMAGE_INVALID', `the file ends ${missing} bytes too early, at ${position}`);
        parts.push(part);
        missing -= part.length;
      }
      return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
    },
    async drain() {
      while ((await some(Number.MAX_SAFE_INTEGER)) !== null);
    },
    get position() {
      return position;
    },
  };
}
