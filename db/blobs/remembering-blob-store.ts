import { pipeline } from 'node:stream/promises';
import type { BlobRef } from '../../domain/ports/blobs.js';
import { S3BlobStore } from './s3-blob-store.js';
import { writeInOneRename } from './write-in-one-rename.js';

const mostObjects = 200;
const largestBytes = 128 * 1024;

/**
 * Remembers the small objects that it read: what a digest names never changes, and the steps of a run read the same
 * configuration, manifest and rows.
 */
export class RememberingBlobStore extends S3BlobStore {
  readonly #objects = new Map<string, Uint8Array>();

  /** A copy, so that who changes it changes nothing here. */
  override async getBytes(ref: BlobRef, maxBytes?: number): Promise<Uint8Array> {
    const known = this.#objects.get(ref.sha256);
    if (known?.length === ref.bytes && ref.bytes <= (maxBytes ?? largestBytes)) return Buffer.from(known);
    const bytes = await super.getBytes(ref, maxBytes);
    if (bytes.length <= largestBytes) this.#remember(ref.sha256, Buffer.from(bytes));
    return bytes;
  }

  override async fetchFile(ref: BlobRef, path: string): Promise<void> {
    if (ref.bytes > largestBytes) return await super.fetchFile(ref, path);
    const bytes = await this.getBytes(ref);
    await writeInOneRename(path, (file) => pipeline([bytes], file));
  }

  #remember(sha256: string, bytes: Uint8Array): void {
    const [oldest] = this.#objects.keys();
    if (this.#objects.size >= mostObjects && oldest !== undefined) this.#objects.delete(oldest);
    this.#objects.set(sha256, bytes);
  }
}
