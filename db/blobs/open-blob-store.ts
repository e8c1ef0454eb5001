import { S3BlobStore } from './s3-blob-store.js';
import type { S3Connection } from './s3-client.js';

/** The blob store in a bucket of an S3 service, which must exist. `close` lets go of its sockets. */
export function openBlobStore(options: S3Connection & { readonly bucket: string }): S3BlobStore {
  return new S3BlobStore(options);
}
