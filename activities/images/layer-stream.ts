import { createHash, type Hash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { messageOf, RatchetError } from '../../domain/errors/ratchet-error.js';
import type { ImageStore } from './image-store.js';
import { compareDigest, type ImageManifest } from './read-manifest.js';

/** How much an image may be. */
export interface ImageLimits {
  /** Entries of all layers. */
  readonly mostEntries: number;
  /** Bytes of all layers, unpacked. */
  readonly mostBytes: number;
  /** Bytes of a layer, unpacked, for each of its bytes as it lies there; small layers may have more. */
  readonly mostRatio: number;
  /** Characters of the files that are kept for what they say, in all. */
  readonly mostKept: number;
}

export const defaultLimits: ImageLimits = {
  mostEntries: 1_000_000,
  mostBytes: 32 * 1024 ** 3,
  mostRatio: 200,
  mostKept: 512 * 1024 ** 2,
};

/** What a layer may unpack to before its ratio is looked at. */
const smallLayerBytes = 8 * 1024 * 1024;

/**
 * The tar file of a layer, unpacked on the way. At its end both digests have been compared. Errors: `IMAGE_INVALID`,
 * `IMAGE_HOSTILE` for another digest, and for more bytes than may be.
 */
export async function* layerStream(
  store: ImageStore,
  layer: ImageManifest['layers'][number],
  digest: string,
  limits: ImageLimits,
  before: number,
): AsyncGenerator<Buffer> {
  const packed = counted(store.stream(layer.file));
  const unpacked = createHash('sha256');
  let bytes = 0;
  for await (const piece of gunzipped(packed.pieces, layer.file)) {
    bytes += piece.length;
    unpacked.update(piece);
    refuseBomb(layer.file, bytes, packed.bytes(), before, limits);
    yield piece;
  }
  await packed.finish();
  if (layer.blobDigest !== null) compareDigest(layer.file, hexOf(packed.hash), layer.blobDigest);
  compareDigest(layer.file, hexOf(unpacked), digest);
}

function refuseBomb(file: string, bytes: number, packed: number, before: number, limits: ImageLimits): void {
  if (before + bytes > limits.mostBytes)
    throw new RatchetError(
      'IMAGE_HOSTILE',
      `the layers have more than ${limits.mostBytes} bytes, which is not allowed`,
    );
  if (bytes > smallLayerBytes && bytes > packed * limits.mostRatio)
    throw new RatchetError(
      'IMAGE_HOSTILE',
      `the layer ${file} unpacks to more than ${limits.mostRatio} times its size, which is not allowed`,
    );
}

const hexOf = (hash: Hash) => `sha256:${hash.digest('hex')}`;

function counted(source: AsyncIterable<Buffer>) {
  const hash = createHash('sha256');
  const iterator = source[Symbol.asyncIterator]();
  let bytes = 0;
  async function* pieces(): AsyncGenerator<Buffer> {
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
      bytes += next.value.length;
      hash.update(next.value);
      yield next.value;
    }
  }
  return {
    pieces: pieces(),
    hash,
    bytes: () => bytes,
    /** What lies behind the end of the packed data belongs to the file all the same. */
    finish: async () => {
      for await (const _ of pieces());
    },
  };
}

async function* gunzipped(source: AsyncGenerator<Buffer>, file: string): AsyncGenerator<Buffer> {
  const first = await source.next();
  if (first.done) return;
  const [one, two, three, four] = first.value;
  if (one === 0x28 && two === 0xb5 && three === 0x2f && four === 0xfd)
    throw new RatchetError(
      'IMAGE_INVALID',
      `the layer ${file} is packed with zstd; allowed are gzip and none`,
    );
  const whole = joined(first.value, source);
  if (one !== 0x1f || two !== 0x8b) {
    yield* whole;
    return;
  }
  const gunzip = createGunzip();
  // Its failure comes out of the stream too, where it is told.
  const packing = pipeline(Readable.from(whole), gunzip).catch(() => undefined);
  try {
    for await (const piece of gunzip) yield piece as Buffer;
  } catch (cause) {
    if (cause instanceof RatchetError) throw cause;
    throw new RatchetError(
      'IMAGE_INVALID',
      `the layer ${file} cannot be unpacked: ${messageOf(cause)}`,
      {},
      { cause },
    );
  } finally {
    gunzip.destroy();
    await packing;
  }
}

async function* joined(first: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}
