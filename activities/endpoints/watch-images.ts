import { log } from '@temporalio/activity';
import { messageOf } from '../../domain/errors/ratchet-error.js';
import type { ImageEvent, WatchedImages } from '../../domain/lifecycle/watch-images.js';
import type { BlobStore } from '../../domain/ports/blobs.js';
import type { EndpointStore } from '../../domain/ports/endpoints.js';
import type { Git } from '../../domain/ports/git.js';
import type { ImageScanRecord, ImageScanStore } from '../../domain/ports/image-scans.js';
import type { ProjectStore } from '../../domain/ports/projects.js';
import type { ReleaseStore } from '../../domain/ports/releases.js';
import { advisoriesState } from '../images/advisories-state.js';
import { imagePolicyAt, type WrittenPolicy } from '../serving/image-policy-at.js';
import { openReleasesOf } from '../serving/open-releases.js';
import { type RescanDeps, rescanImage } from './rescan-image.js';
import {
  buildOfImage,
  type ImageBuild,
  isGoneBackTo,
  type WatchedImage,
  watchedImages,
} from './watched-image.js';

export interface WatchDeps extends RescanDeps {
  readonly blobs: Pick<BlobStore, 'fetchFile' | 'deleteStaged' | 'getJson'>;
  readonly endpoints: Pick<EndpointStore, 'list' | 'revisions'>;
  readonly git: Pick<Git, 'readFile'>;
  readonly imageScans: ImageScanStore;
  readonly projects: Pick<ProjectStore, 'get'>;
  readonly releases: Pick<ReleaseStore, 'get' | 'open'>;
}

/** Once a day a scan is made again though no advisory is new: exceptions end, and advisories grow old. */
const longestMs = 24 * 60 * 60 * 1000;

const mostTold = 5;

/** What holds for all images of one look. */
interface Look {
  readonly advisories: string | null;
  /** What an image would be built on now. */
  readonly base: string;
}

interface Seen {
  readonly isScanned: boolean;
  readonly event: ImageEvent | null;
}

/**
 * Looks at every image that is live: whether it would be built on another base now, and, where the advisories are others
 * than when it was scanned last, whether it would still pass. A scan is a row before it is an event. One endpoint that
 * fails does not hold up the others. Errors: `PART_UNAVAILABLE` where no engine agent answers.
 */
export async function watchImages(deps: WatchDeps, signal: AbortSignal): Promise<WatchedImages> {
  const watched = await watchedImages(deps.endpoints);
  if (watched.length === 0) return { live: 0, scanned: 0, failed: 0, events: [] };
  const { digest: base } = await deps.engine.ask('renewBase', { key: 'all', signal });
  const look = { base, advisories: await advisoriesState(deps.advisories) };
  const seen: (Seen | null)[] = [];
  for (const one of watched) {
    if (signal.aborted) throw signal.reason;
    seen.push(await watchOne(deps, look, one, signal).catch((error: unknown) => told(one, error, signal)));
  }
  const well = seen.filter((one) => one !== null);
  return {
    live: watched.length,
    scanned: well.filter(({ isScanned }) => isScanned).length,
    failed: seen.length - well.length,
    events: well.flatMap(({ event }) => event ?? []),
  };
}

function told({ live: { project, endpoint } }: WatchedImage, error: unknown, signal: AbortSignal): null {
  if (signal.aborted) throw signal.reason;
  log.warn(`the image of the endpoint is not looked at: ${messageOf(error)}`, { project, endpoint });
  return null;
}

async function watchOne(
  deps: WatchDeps,
  look: Look,
  watched: WatchedImage,
  signal: AbortSignal,
): Promise<Seen> {
  const { endpoint, image } = watched;
  const built = await buildOfImage(deps.blobs, image);
  const known = await knownScan(deps.imageScans, watched);
  const isScanned = known === undefined || isOld(known, look);
  const scan = isScanned
    ? await scanAgain(deps, watched, { advisories: look.advisories, built }, signal)
    : known;
  const isLeft =
    (await openReleasesOf(deps.releases, endpoint)).length > 0 ||
    (await isGoneBackTo(deps.releases, watched));
  const event = isLeft ? null : eventOf(watched, { built: built.base, now: look.base, scan });
  return { isScanned, event };
}

async function knownScan(
  scans: ImageScanStore,
  { live: { project, endpoint }, image }: WatchedImage,
): Promise<ImageScanRecord | undefined> {
  return (await scans.list({ project, endpoint })).find(({ imageDigest }) => imageDigest === image.digest);
}

function isOld({ advisories, scannedAt }: ImageScanRecord, look: Look): boolean {
  return advisories !== look.advisories || Date.now() - Date.parse(scannedAt) >= longestMs;
}

async function scanAgain(
  deps: WatchDeps,
  watched: WatchedImage,
  { built, advisories }: Pick<Look, 'advisories'> & { readonly built: ImageBuild },
  signal: AbortSignal,
): Promise<ImageScanRecord> {
  const { project, endpoint } = watched.endpoint;
  const policy = await policyOf(deps, watched);
  const { image } = watched;
  const scan = await rescanImage(deps, { project, endpoint, image, built, policy, advisories }, signal);
  await deps.imageScans.put(scan);
  return scan;
}

async function policyOf(
  { git, projects }: Pick<WatchDeps, 'git' | 'projects'>,
  { endpoint: { project, config }, live: { applicationCommit: commit } }: WatchedImage,
): Promise<WrittenPolicy | null> {
  const { application } = config;
  if (application === undefined || commit === null) return null;
  const repo = application.repository ?? (await projects.get(project)).repo;
  return imagePolicyAt({ git }, { repo, commit, path: application.path });
}

/** Beginnings are enough beside the names of project and endpoint. */
const short = (digest: string) => digest.replace(/^sha256:/, '').slice(0, 12);

/**
 * One event for one state of things: a base and findings of one moment are one release. It is named by the image that is
 * live too, so that a release that mends nothing is not made again, and one that made another image is over.
 */
function eventOf(
  { endpoint: { project, endpoint }, image }: WatchedImage,
  found: { readonly built: string; readonly now: string; readonly scan: ImageScanRecord },
): ImageEvent | null {
  const { built, now, scan } = found;
  const isNewBase = built !== now;
  const isRefused = scan.verdict === 'fail';
  if (!isNewBase && !isRefused) return null;
  const name = isNewBase ? 'base-image' : 'advisories';
  const parts = [image.digest, ...(isNewBase ? [now] : []), ...(isRefused ? [scan.refusedDigest] : [])];
  return {
    ...{ project, endpoint, name, key: [name, ...parts.map(short)].join('-') },
    about: isNewBase ? now : scan.refused.slice(0, mostTold).join(', '),
    at: isNewBase ? new Date().toISOString() : scan.scannedAt,
  };
}
