import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { RatchetError } from '../../domain/errors/ratchet-error.js';

export interface Digest {
  readonly sha256: string;
  readonly bytes: number;
}

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Digest and size of a file, read once. */
export async function digestFile(path: string): Promise<Digest> {
  const hash = createHash('sha256');
  let bytes = 0;
  await pipeline(createReadStream(path), async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      hash.update(chunk);
      bytes += chunk.length;
    }
  });
  return { sha256: hash.digest('hex'), bytes };
}

/**
 * Passes bytes on and fails with `BLOB_CORRUPT` at the end, or as soon as they are too many, if they are not these. The
 * last piece waits for the digest: what is not these bytes never comes whole.
 */
export function expectDigest(expected: Digest, what: string): Transform {
  const hash = createHash('sha256');
  let bytes = 0;
  let last: Buffer | undefined;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      const before = last;
      last = chunk;
      done(bytes > expected.bytes ? corrupt(what, expected, { sha256: 'unknown', bytes }) : null, before);
    },
    flush(done) {
      const got = { sha256: hash.digest('hex'), bytes };
      const isThese = got.sha256 === expected.sha256 && got.bytes === expected.bytes;
      done(isThese ? null : corrupt(what, expected, got), last);
    },
  });
}

/** The error of bytes that are not the ones that were asked for. */
export function corrupt(what: string, expected: Digest, got: Digest): RatchetError {
  return new RatchetError(
    'BLOB_CORRUPT',
    `${what} has ${got.bytes} bytes with digest ${got.sha256}, not ${expected.bytes} with ${expected.sha256}`,
    { expected, got },
  );
}
