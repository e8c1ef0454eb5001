import type { ReleaseServingInput } from '../../domain/lifecycle/release-serving.js';
import type { ChampionStore } from '../../domain/ports/champions.js';
import type { EndpointStore } from '../../domain/ports/endpoints.js';
import type { ReleaseStore } from '../../domain/ports/releases.js';
import { type ReleaseReason, releasesFor } from '../../domain/serving/releases-for.js';

/** What opening releases stands on. */
export interface OpenReleaseDeps {
  readonly champions: Pick<ChampionStore, 'champion'>;
  readonly endpoints: Pick<EndpointStore, 'list'>;
  readonly releases: Pick<ReleaseStore, 'create'>;
}

/**
 * Puts the rows of the releases that a reason asks for, once however often, and gives those that are to be started. A
 * model without a champion has nothing to serve: its first champion is a reason of its own.
 */
export async function openReleases(
  { champions, endpoints, releases }: OpenReleaseDeps,
  project: string,
  reason: ReleaseReason,
): Promise<readonly ReleaseServingInput[]> {
  const opened: ReleaseServingInput[] = [];
  for (const { model, ...wanted } of releasesFor(await endpoints.list(project), reason)) {
    if ((await champions.champion(project, model)) === undefined) continue;
    const { release } = await releases.create(wanted);
    const { id: releaseId, endpoint, round, endedAt } = release;
    if (endedAt === null) opened.push({ project, endpoint, releaseId, round });
  }
  return opened;
}
