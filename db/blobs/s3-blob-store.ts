import { pipeline as piped, Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  GetObjectCommand,
  type GetObjectCommandOutput,
  HeadObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { canonicalText } from '../../domain/canonical-text.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { s3Failure } from '../../domain/errors/s3-failure.js';
import type { BlobRef, BlobStore, KeptJson } from '../../domain/ports/blobs.js';
import { type Digest, digestFile, expectDigest, sha256Of } from './digests.js';
import { keepOnce, readKeptJson } from './kept.js';
import {
  blobFolder,
  blobKey,
  keptFolder,
  keptKey,
  keyOf,
  listedFolder,
  stagingFolder,
  stagingKey,
} from './keys.js';
import { createS3Client, type S3Connection } from './s3-client.js';
import { sendBytes, sendFile } from './send-body.js';
import { copyBack } from './set-aside.js';
import { deleteKeys, listKeys, openStaged } from './staging.js';
import { writeInOneRename } from './write-in-one-rename.js';

const defaultMaxBytes = 64 * 1024 ** 2;
/**
 * Below this, sending the bytes costs less than asking first whether they are there. A put on condition that the key is
 * new would be one request too, but SeaweedFS makes racing ones wait for each other by the second.
 */
const sendUnaskedBytes = 256 * 1024;

/** Objects in one bucket of an S3 service. The bucket must exist. */
export class S3BlobStore implements BlobStore {
  readonly #client: S3Client;
  /** Sockets of their own: readers who take their time must not keep others waiting. */
  readonly #streaming: S3Client;
  readonly #bucket: string;

  constructor(options: S3Connection & { readonly bucket: string }) {
    this.#client = createS3Client(options);
    this.#streaming = createS3Client(options);
    this.#bucket = options.bucket;
  }

  /** Closes the sockets. */
  close(): void {
    this.#client.destroy();
    this.#streaming.destroy();
  }

  async putFile(path: string): Promise<BlobRef> {
    const digest = await digestFile(path);
    const key = blobKey(digest.sha256);
    await this.#call(`put ${key}`, async () => {
      if (digest.bytes > sendUnaskedBytes && (await this.#holds(key, digest.bytes))) return;
      await sendFile(this.#client, this.#at(key), path, digest);
    });
    return this.#ref(key, digest);
  }

  async putBytes(bytes: Uint8Array): Promise<BlobRef> {
    const sha256 = sha256Of(bytes);
    const key = blobKey(sha256);
    await this.#call(`put ${key}`, async () => {
      if (bytes.length > sendUnaskedBytes && (await this.#holds(key, bytes.length))) return;
      await sendBytes(this.#client, this.#at(key), bytes, sha256);
    });
    return this.#ref(key, { sha256, bytes: bytes.length });
  }

  async putJson(value: unknown): Promise<BlobRef> {
    return await this.putBytes(Buffer.from(canonicalText(value), 'utf8'));
  }

  async fetchFile(ref: BlobRef, path: string): Promise<void> {
    await this.#call(`get ${ref.uri}`, async () => {
      const { Body } = await this.#open(ref);
      await writeInOneRename(path, (file) => pipeline(readable(Body), expectDigest(ref, ref.uri), file));
    });
  }

  async getBytes(ref: BlobRef, maxBytes: number = defaultMaxBytes): Promise<Uint8Array> {
    if (ref.bytes > maxBytes) {
      const text = `${ref.uri} has ${ref.bytes} bytes; at most ${maxBytes} are read at once`;
      throw new RatchetError('SOURCE_TOO_LARGE', text, { bytes: ref.bytes, maxBytes });
    }
    const chunks: Buffer[] = [];
    await this.#call(`get ${ref.uri}`, async () => {
      const { Body } = await this.#open(ref);
      await pipeline(readable(Body), expectDigest(ref, ref.uri), async (read: AsyncIterable<Buffer>) => {
        for await (const chunk of read) chunks.push(chunk);
      });
    });
    return Buffer.concat(chunks);
  }

  async getJson(ref: BlobRef): Promise<unknown> {
    return JSON.parse(Buffer.from(await this.getBytes(ref)).toString('utf8'));
  }

  async open(ref: BlobRef): Promise<ReadableStream<Uint8Array>> {
    const { Body } = await this.#call(`get ${ref.uri}`, () => this.#open(ref, this.#streaming));
    // Whoever reads hears of a failure from the stream itself.
    const checked = piped(readable(Body), expectDigest(ref, ref.uri), () => undefined);
    return Readable.toWeb(checked) as ReadableStream<Uint8Array>;
  }

  async exists(ref: BlobRef): Promise<boolean> {
    const key = keyOf(ref, this.#bucket);
    return await this.#call(
      `head ${ref.uri}`,
      async () =>
        (await this.#holds(key, ref.bytes)) ||
        ((await this.#bringBack(key)) && (await this.#holds(key, ref.bytes))),
    );
  }

  async prove(ref: BlobRef): Promise<void> {
    await this.#call(`get ${ref.uri}`, async () => {
      const { Body } = await this.#open(ref);
      const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
      await pipeline(readable(Body), expectDigest(ref, ref.uri), nowhere);
    });
  }

  async stageFile(key: string, path: string): Promise<BlobRef> {
    const target = this.#at(stagingKey(key));
    const digest = await digestFile(path);
    await this.#call(`put ${key}`, () =>
      sendFile(this.#client, { ...target, Metadata: { sha256: digest.sha256 } }, path, digest),
    );
    return this.#ref(key, digest);
  }

  async listStaged(prefix: string): Promise<readonly string[]> {
    const folder = listedFolder(prefix);
    return await this.#call(`list ${folder}`, () => listKeys(this.#client, this.#bucket, folder));
  }

  async fetchStaged(key: string, path: string): Promise<void> {
    await this.#call(`get ${key}`, async () => {
      const { body, digest } = await openStaged(this.#client, this.#bucket, stagingKey(key));
      await writeInOneRename(path, (file) => pipeline(readable(body), expectDigest(digest, key), file));
    });
  }

  async deleteStaged(prefix: string): Promise<number> {
    const folder = stagingFolder(prefix);
    return await this.#call(`delete ${folder}`, () => deleteKeys(this.#client, this.#bucket, folder));
  }

  async keepJson(key: string, value: unknown): Promise<boolean> {
    const target = this.#at(keptKey(key));
    const bytes = Buffer.from(canonicalText(value), 'utf8');
    return await this.#call(`put ${key}`, () => keepOnce(this.#client, target, bytes));
  }

  async listKept(folder: string, from?: string): Promise<readonly string[]> {
    const below = keptFolder(folder);
    const keys = await this.#call(`list ${below}`, () => listKeys(this.#client, this.#bucket, below, from));
    return from === undefined ? keys : keys.filter((key) => key >= from);
  }

  async readKept(key: string): Promise<KeptJson> {
    const target = this.#at(keptKey(key));
    return await this.#call(`get ${key}`, () => readKeptJson(this.#client, target));
  }

  async #open(ref: BlobRef, client = this.#client): Promise<GetObjectCommandOutput> {
    const key = keyOf(ref, this.#bucket);
    const get = () => client.send(new GetObjectCommand(this.#at(key)));
    try {
      return await get();
    } catch (error) {
      if (s3Failure(error)?.kind !== 'missing' || !(await this.#bringBack(key))) throw error;
      return await get();
    }
  }

  /** Somebody wants an object that the sweep has set aside. */
  async #bringBack(key: string): Promise<boolean> {
    if (!key.startsWith(blobFolder)) return false;
    return await copyBack({ client: this.#client, bucket: this.#bucket }, key.slice(blobFolder.length));
  }

  /** An object of another size is a broken one and counts as absent, so that it is written again. */
  async #holds(key: string, bytes: number): Promise<boolean> {
    try {
      const head = await this.#client.send(new HeadObjectCommand(this.#at(key)));
      return head.ContentLength === bytes;
    } catch (error) {
      if (s3Failure(error)?.kind === 'missing') return false;
      throw error;
    }
  }

  /** Runs a call and names its failure. */
  async #call<T>(what: string, call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      const failure = s3Failure(error);
      if (failure === undefined) throw error;
      if (failure.kind === 'missing') throw new RatchetError('BLOB_MISSING', `s3 has no object: ${what}`);
      throw new RatchetError('PART_UNAVAILABLE', `s3 did not ${what}: ${failure.reason}`);
    }
  }

  #at(key: string): { readonly Bucket: string; readonly Key: string } {
    return { Bucket: this.#bucket, Key: key };
  }

  #ref(key: string, { sha256, bytes }: Digest): BlobRef {
    return { uri: `s3://${this.#bucket}/${key}`, sha256, bytes };
  }
}

function readable(body: GetObjectCommandOutput['Body']): Readable {
  if (body instanceof Readable) return body;
  throw new RatchetError('INTERNAL', 's3 gave an answer without a stream');
}
