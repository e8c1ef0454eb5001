import { Readable } from 'node:stream';
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { messageOf, RatchetError } from '../../domain/errors/ratchet-error.js';
import type { KeptJson } from '../../domain/ports/blobs.js';

interface Target {
  readonly Bucket: string;
  readonly Key: string;
}

/** What is kept is small; what is larger was put there by somebody else. */
const mostBytes = 1024 ** 2;
const preconditionFailed = 412;

/** Puts bytes on condition that the key is new. False where it is not. */
export async function keepOnce(client: S3Client, target: Target, bytes: Uint8Array): Promise<boolean> {
  try {
    const body = { Body: bytes, ContentLength: bytes.length, ContentType: 'application/json' };
    await client.send(new PutObjectCommand({ ...target, ...body, IfNoneMatch: '*' }));
    return true;
  } catch (error) {
    if (statusOf(error) === preconditionFailed) return false;
    throw error;
  }
}

/** Error: `BLOB_CORRUPT` for what is not JSON, or larger than anything that is kept. */
export async function readKeptJson(client: S3Client, target: Target): Promise<KeptJson> {
  const { Body, ContentLength = 0, LastModified } = await client.send(new GetObjectCommand(target));
  if (!(Body instanceof Readable)) throw new RatchetError('INTERNAL', 's3 gave an answer without a stream');
  if (ContentLength > mostBytes) {
    Body.destroy();
    const text = `${target.Key} has ${ContentLength} bytes; what is kept has at most ${mostBytes}`;
    throw new RatchetError('BLOB_CORRUPT', text);
  }
  if (LastModified === undefined) throw new RatchetError('INTERNAL', `s3 gave no time for ${target.Key}`);
  const chunks: Buffer[] = [];
  for await (const chunk of Body as AsyncIterable<Buffer>) chunks.push(chunk);
  return { value: parseKept(target.Key, Buffer.concat(chunks)), writtenAt: LastModified.toISOString() };
}

/** Error: `BLOB_CORRUPT`. */
export function parseKept(key: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch (cause) {
    throw new RatchetError('BLOB_CORRUPT', `${key} is not JSON: ${messageOf(cause)}`, {}, { cause });
  }
}

function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('$metadata' in error)) return undefined;
  return (error.$metadata as { readonly httpStatusCode?: number } | undefined)?.httpStatusCode;
}
