import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { BlobRef } from '../../domain/ports/blobs.js';

export const blobFolder = 'blobs/';
export const setAsideFolder = 'aside/';

/** Key of an object that is named by its digest. */
export const blobKey = (sha256: string) => `${blobFolder}${sha256}`;

/** Where an object waits that nobody named for long. No reference leads there. */
export const setAsideKey = (sha256: string) => `${setAsideFolder}${sha256}`;

/** Key that a reference leads to. A reference into another bucket leads nowhere here. */
export function keyOf(ref: BlobRef, bucket: string): string {
  const prefix = `s3://${bucket}/`;
  if (ref.uri.startsWith(prefix)) return ref.uri.slice(prefix.length);
  throw new RatchetError(
    'BLOB_MISSING',
    `${ref.uri} is not in the bucket ${bucket}, which is the one this store reads`,
  );
}

/** A staging key as it stands. Error: `INTERNAL` for one that is not below a folder of `runs/`. */
export function stagingKey(key: string): string {
  if (isBelow('runs', key)) return key;
  throw new RatchetError('INTERNAL', `"${key}" is not a staging key: it must be runs/<run id>/...`);
}

/** A key of what is kept as it stands. Error: `INTERNAL` for one that is not below `audit/`. */
export function keptKey(key: string): string {
  if (isBelow('audit', key)) return key;
  throw new RatchetError('INTERNAL', `"${key}" is not a key of what is kept: it must be audit/...`);
}

/** What is kept is listed below such a folder. */
export const keptFolder = (folder: string) => `${keptKey(folder.replace(/\/$/, ''))}/`;

function isBelow(root: string, key: string): boolean {
  const segments = key.split('/');
  const whole = segments.every((segment) => segment !== '' && segment !== '.' && segment !== '..');
  return segments[0] === root && segments.length >= 2 && whole;
}

/** A staging prefix is a folder, with or without its last slash: `runs/1` does not reach into `runs/10`. */
export const stagingFolder = (prefix: string) => `${stagingKey(prefix.replace(/\/$/, ''))}/`;

/** Staging is listed below such a folder, or, as `runs/`, all of it. */
export const listedFolder = (prefix: string) => (prefix === 'runs/' ? prefix : stagingFolder(prefix));
