import type { EndedStatus } from '../../domain/lifecycle/run-ending.js';
import type { ReleaseDeps } from './deps.js';
import { openReleasesOf, releaseWorkflow } from './open-releases.js';

export interface CloseReleaseInput {
  /** Not a step: closing has no row of its own. */
  readonly releaseId: string;
  readonly round: number;
  readonly status: EndedStatus;
  readonly reason: string | null;
}

/** Writes how a release ended. Answers with the workflows of the releases that may have waited for it. */
export async function closeRelease(
  { releases }: Pick<ReleaseDeps, 'releases'>,
  { releaseId, status, reason }: CloseReleaseInput,
): Promise<{ readonly wakes: readonly string[] }> {
  await releases.setStatus(releaseId, status, reason);
  const waiting = await openReleasesOf(releases, await releases.get(releaseId));
  return { wakes: waiting.map(releaseWorkflow) };
}
