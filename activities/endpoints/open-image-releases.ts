import type { ReleaseServingInput } from '../../domain/lifecycle/release-serving.js';
import { causeOfImageEvent, type ImageEvent } from '../../domain/lifecycle/watch-images.js';
import { noticeOfImage } from '../../domain/notices/image-notice.js';
import type { AccountStore } from '../../domain/ports/accounts.js';
import type { EndpointStore } from '../../domain/ports/endpoints.js';
import type { ImageScanStore } from '../../domain/ports/image-scans.js';
import type { ModelLineStore } from '../../domain/ports/model-lines.js';
import type { Notice } from '../../domain/ports/outbox.js';
import { type OpenReleaseDeps, openReleases } from './open-releases.js';
import { watchedImages } from './watched-image.js';

export interface ImageEventDeps extends OpenReleaseDeps {
  readonly accounts: Pick<AccountStore, 'members'>;
  readonly endpoints: Pick<EndpointStore, 'list' | 'revisions'>;
  readonly imageScans: Pick<ImageScanStore, 'list'>;
  readonly lines: Pick<ModelLineStore, 'list'>;
  /** Tells people where their project says, once a notice. */
  readonly tell: (notice: Notice) => Promise<void>;
}

/** Puts the rows of the releases that events ask for, once for each event, and gives those that are to be started. */
export async function openImageReleases(
  deps: OpenReleaseDeps,
  events: readonly ImageEvent[],
): Promise<readonly ReleaseServingInput[]> {
  const opened: ReleaseServingInput[] = [];
  for (const event of events) {
    const { project, endpoint, key } = event;
    const cause = causeOfImageEvent(event);
    opened.push(...(await openReleases(deps, project, { kind: 'image', endpoint, key, cause })));
  }
  return opened;
}

/** Owners and whoever runs the platform are told of images that are live and would not pass now, once of each state. */
export async function tellOfImages(deps: ImageEventDeps): Promise<void> {
  for (const { endpoint, image } of await watchedImages(deps.endpoints)) {
    const { project, model } = endpoint;
    const scans = await deps.imageScans.list({ project, endpoint: endpoint.endpoint });
    const scan = scans.find(({ imageDigest }) => imageDigest === image.digest);
    if (scan === undefined || scan.verdict === 'pass') continue;
    const [members, lines] = await Promise.all([deps.accounts.members(project), deps.lines.list(project)]);
    const operations = members
      .filter(({ roles }) => roles.includes('it-operations'))
      .map(({ account }) => account);
    const owner = lines.find((line) => line.model === model)?.owner ?? null;
    const notice = noticeOfImage({ endpoint, scan, owner, operations });
    if (notice !== null) await deps.tell(notice);
  }
}
