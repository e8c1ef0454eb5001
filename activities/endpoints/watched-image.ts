import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { BlobStore } from '../../domain/ports/blobs.js';
import type { ImageRef } from '../../domain/ports/deployment-target.js';
import type { EndpointRecord, EndpointStore, RevisionRecord } from '../../domain/ports/endpoints.js';
import type { ReleaseStore } from '../../domain/ports/releases.js';
import type { Envelope } from '../../domain/signing/envelope.js';
import { type ImageStatement, imagePredicates } from '../../domain/supply/statements/image-statement.js';

/** An endpoint that answers from an image. */
export interface WatchedImage {
  readonly endpoint: EndpointRecord;
  readonly live: RevisionRecord;
  readonly image: ImageRef;
  /** Of the endpoint, newest first: what is live is among them. */
  readonly revisions: readonly RevisionRecord[];
}

export interface ImageBuild {
  /** By digest. */
  readonly base: string;
  /** Of its configuration, and of its manifest where it was pushed. */
  readonly digests: readonly string[];
}

/** Endpoints that answer from an image, by project and name. */
export async function watchedImages(
  endpoints: Pick<EndpointStore, 'list' | 'revisions'>,
): Promise<readonly WatchedImage[]> {
  const watched: WatchedImage[] = [];
  for (const endpoint of await endpoints.list()) {
    if (endpoint.retiredAt !== null) continue;
    const revisions = await endpoints.revisions(endpoint);
    const live = revisions.find(({ until }) => until === null);
    const image = live?.wanted.image ?? null;
    if (live !== undefined && image !== null) watched.push({ endpoint, live, image, revisions });
  }
  return watched;
}

export interface LiveImages {
  /** Endpoints that answer from an image. */
  readonly live: number;
  /** Whether any endpoint ever did, also one that is retired. */
  readonly everRan: boolean;
}

export async function countImages(endpoints: Pick<EndpointStore, 'list' | 'revisions'>): Promise<LiveImages> {
  const { length: live } = await watchedImages(endpoints);
  if (live > 0) return { live, everRan: true };
  for (const endpoint of await endpoints.list())
    if ((await endpoints.revisions(endpoint)).some(({ imageDigest }) => imageDigest !== null))
      return { live, everRan: true };
  return { live, everRan: false };
}

/**
 * Whether somebody went back to the image that is live: what a person took back, no schedule brings again. A change of
 * replicas since then says nothing of that.
 */
export async function isGoneBackTo(
  releases: Pick<ReleaseStore, 'get'>,
  { revisions, live }: WatchedImage,
): Promise<boolean> {
  const since = revisions.slice(revisions.indexOf(live));
  const other = since.findIndex(({ imageDigest }) => imageDigest !== live.imageDigest);
  const first = since.slice(0, other === -1 ? since.length : other).at(-1) ?? live;
  return (await releases.get(first.releaseId)).kind === 'rollback';
}

/** How an image was built, by its signed statement. Error: `IMAGE_INVALID` where nothing says so. */
export async function buildOfImage(
  blobs: Pick<BlobStore, 'getJson'>,
  { digest, statements }: ImageRef,
): Promise<ImageBuild> {
  const kept = statements === undefined ? [] : await blobs.getJson(statements);
  const envelopes: readonly Envelope[] = Array.isArray(kept) ? kept : [];
  for (const { payload } of envelopes) {
    const { predicateType, predicate, subject } = JSON.parse(Buffer.from(payload, 'base64').toString('utf8'));
    if (predicateType !== imagePredicates.build || typeof predicate?.base !== 'string') continue;
    const digests = (subject as ImageStatement['subject']).map((one) => `sha256:${one.digest.sha256}`);
    return { base: predicate.base, digests };
  }
  throw new RatchetError('IMAGE_INVALID', `no statement says what the image ${digest} was built on`);
}
