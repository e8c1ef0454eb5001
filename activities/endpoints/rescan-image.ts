import { createHash } from 'node:crypto';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { EndpointName, ImageRef } from '../../domain/ports/deployment-target.js';
import type { ImageScanRecord } from '../../domain/ports/image-scans.js';
import { refusedFindings } from '../../domain/supply/policy/refused-findings.js';
import type { ImageScan } from '../images/scan-image.js';
import type { WrittenPolicy } from '../serving/image-policy-at.js';
import { type ArchiveDeps, withImageArchive } from '../serving/with-image-archive.js';
import type { ImageBuild } from './watched-image.js';

/** Scans the archive of an image, in a process of its own. */
export type ScanArchive = (
  asked: {
    readonly archive: string;
    /** Folder of advisories; null where there is none. */
    readonly database: string | null;
    readonly policy: WrittenPolicy | null;
    /** What the image is built on. */
    readonly base: string;
    readonly now: string;
  },
  signal: AbortSignal,
) => Promise<ImageScan>;

export interface RescanDeps extends ArchiveDeps {
  /** Folder of advisories; null where there is none. */
  readonly advisories: string | null;
  readonly scanArchive: ScanArchive;
}

export interface RescannedImage extends EndpointName {
  readonly image: ImageRef;
  readonly built: ImageBuild;
  readonly policy: WrittenPolicy | null;
  /** State of the advisories, taken before they are read. */
  readonly advisories: string | null;
}

const mostRefused = 50;

/** Scans an image that is live as a release would. Errors: those of the agent, the store and the scan, `IMAGE_HOSTILE`. */
export async function rescanImage(
  deps: RescanDeps,
  { project, endpoint, image, built, policy, advisories }: RescannedImage,
  signal: AbortSignal,
): Promise<ImageScanRecord> {
  const key = `${project}/${endpoint}/again`;
  const scan = await withImageArchive(deps, { image, key, signal }, async (archive) => {
    const now = new Date().toISOString();
    return deps.scanArchive({ archive, database: deps.advisories, policy, base: built.base, now }, signal);
  });
  if (!built.digests.includes(scan.imageDigest))
    throw new RatchetError(
      'IMAGE_HOSTILE',
      `the archive holds ${scan.imageDigest}, and ${image.digest} is live`,
    );
  const refused = refusedFindings(scan);
  const keys = JSON.stringify(refused.map((one) => one.key));
  return {
    ...{
      project,
      endpoint,
      imageDigest: image.digest,
      advisories,
      verdict: scan.verdict,
      reasons: scan.reasons,
    },
    refused: refused.slice(0, mostRefused).map(({ text }) => text),
    refusedDigest: createHash('sha256').update(keys).digest('hex'),
    packages: scan.packages,
    databaseOf: scan.database.kind === 'read' ? scan.database.newestAt : null,
    scannedAt: scan.scannedAt,
  };
}
