import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GetObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import { s3Failure } from '../../../domain/errors/s3-failure.js';
import type { Secrets } from '../../../domain/ports/secrets.js';
import type { ObjectSource, ObjectSourceSpec } from '../../../domain/ports/sources.js';
import { connectBucket, type PlatformS3 } from './s3-connection.js';

const maxKeys = 100_000;

interface SourceObject {
  readonly key: string;
  readonly etag: string;
  readonly bytes: number;
}

/** Files in a bucket. */
export function createS3Source(spec: ObjectSourceSpec, secrets: Secrets, platform: PlatformS3): ObjectSource {
  const open = async <T>(work: (client: S3Client) => Promise<T>): Promise<T> => {
    const client = await connectBucket(spec, secrets, platform);
    try {
      return await work(client);
    } catch (error) {
      throw sourceError(error, spec);
    } finally {
      client.destroy();
    }
  };
  return {
    list: async (path) => await open((client) => listObjects(client, spec, path)),
    fetch: async (key, path) =>
      await open(async (client) => {
        if (key.split('/').some((part) => part === '..' || part === '.')) {
          throw new RatchetError(
            'SOURCE_REFUSED',
            `the key ${JSON.stringify(key)} is not read: it has a part .. or .`,
          );
        }
        const { Body: body } = await client.send(new GetObjectCommand({ Bucket: spec.bucket, Key: key }));
        if (!(body instanceof Readable))
          throw new RatchetError('INTERNAL', 's3 gave an answer without a stream');
        try {
          await pipeline(body, atMost(spec, key), createWriteStream(path));
        } catch (error) {
          await rm(path, { force: true });
          throw error;
        }
      }),
  };
}

async function listObjects(
  client: S3Client,
  spec: ObjectSourceSpec,
  path: string,
): Promise<readonly SourceObject[]> {
  const isPrefix = path === '' || path.endsWith('/');
  const objects: SourceObject[] = [];
  let bytes = 0;
  const request = { Bucket: spec.bucket, Prefix: path, ...(isPrefix ? {} : { MaxKeys: 1 }) };
  for await (const page of paginateListObjectsV2({ client }, request)) {
    for (const { Key: key = '', ETag: etag = '', Size: size = 0 } of page.Contents ?? []) {
      // Keys that end with a slash stand for folders.
      if (key.endsWith('/') || (!isPrefix && key !== path)) continue;
      objects.push({ key, etag: etag.replaceAll('"', ''), bytes: size });
      bytes += size;
      if (bytes > spec.maxBytes) throw tooLarge(spec, path);
      if (objects.length > maxKeys) {
        throw new RatchetError(
          'SOURCE_TOO_LARGE',
          `${path} holds more than the ${maxKeys} objects that are allowed`,
        );
      }
    }
    // Sorted by key, the key itself comes before every longer one.
    if (!isPrefix) break;
  }
  return objects.toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

function atMost(spec: ObjectSourceSpec, key: string): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > spec.maxBytes) done(tooLarge(spec, key));
      else done(null, chunk);
    },
  });
}

function tooLarge(spec: ObjectSourceSpec, path: string): RatchetError {
  const text = `${path} in bucket ${spec.bucket} has more than the ${spec.maxBytes} bytes that are allowed`;
  return new RatchetError('SOURCE_TOO_LARGE', text, { maxBytes: spec.maxBytes });
}

function sourceError(error: unknown, { bucket }: ObjectSourceSpec): unknown {
  const failure = s3Failure(error);
  if (failure === undefined) return error;
  if (failure.kind === 'unreachable') {
    return new RatchetError('SOURCE_UNREACHABLE', `the bucket ${bucket} does not answer: ${failure.reason}`);
  }
  return new RatchetError('SOURCE_REFUSED', `the bucket ${bucket} refused: ${failure.reason}`);
}
