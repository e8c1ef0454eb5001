import { noticeOfRelease } from '../../domain/notices/release-notice.js';
import { authorOf } from '../triggers/author-of.js';
import type { ReleaseDeps } from './deps.js';

/** Owner and author are told how a release ended, where their project says so. Idempotent. */
export async function tellOfRelease(
  deps: ReleaseDeps,
  { releaseId }: { readonly releaseId: string },
): Promise<void> {
  const release = await deps.releases.get(releaseId);
  const [steps, refusals, lines, author] = await Promise.all([
    deps.releases.steps(releaseId),
    deps.releases.refusals(releaseId),
    deps.lines.list(release.project),
    authorOf(deps, release),
  ]);
  const owner = lines.find(({ model }) => model === release.model)?.owner ?? null;
  const notice = noticeOfRelease({ release, steps, refusals, owner, author });
  if (notice !== null) await deps.tell(notice);
}
