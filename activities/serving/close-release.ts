import type { EndedStatus } from '../../domain/lifecycle/run-ending.js';
import { startWatch } from '../monitoring/start-watch.js';
import type { ReleaseDeps } from './deps.js';
import { openReleasesOf, releaseWorkflow } from './open-releases.js';

export interface CloseReleaseInput {
  /** Not a step: closing has no row of its own. */
  readonly releaseId: string;
  readonly round: number;
  readonly status: EndedStatus;
  readonly reason: string | null;
}

/** Writes how a release ended, and has what it brought to life watched. Answers with the workflows of the releases that may have waited for it. */
export async function closeRelease(
  { client, releases }: Pick<ReleaseDeps, 'client' | 'releases'>,
  { releaseId, status, reason }: CloseReleaseInput,
): Promise<{ readonly wakes: readonly string[] }> {
  await releases.setStatus(releaseId, status, reason);
  const release = await releases.get(releaseId);
  if (status === 'succeeded') await startWatch(client, release);
  const waiting = await openReleasesOf(releases, release);
  return { wakes: waiting.map(releaseWorkflow) };
}
