import type { ReleaseServingInput } from '../../domain/lifecycle/release-serving.js';
import type { EndpointRecord } from '../../domain/ports/endpoints.js';
import type { ReleaseRecord } from '../../domain/ports/releases.js';
import { startWatch } from '../monitoring/start-watch.js';
import { describe, endOf, startGraceMs } from '../runs/reconcile-open-runs.js';
import { closeRelease } from './close-release.js';
import type { ReleaseDeps } from './deps.js';
import { releaseWorkflow } from './open-releases.js';

/** What was found of the releases that say "running". */
export interface ReconciledReleases {
  /** Releases whose row is there and whose workflow never was. */
  readonly unstarted: readonly ReleaseServingInput[];
  /** Releases that were closed, of which nobody was told. */
  readonly closed: readonly string[];
  /** Workflows of releases that waited for those. */
  readonly wakes: readonly string[];
  /** Whether any endpoint was ever declared. */
  readonly hasEndpoints: boolean;
}

type Deps = Pick<ReleaseDeps, 'client' | 'endpoints' | 'releases'>;

/**
 * Releases that say "running" while nothing runs are closed; those that nobody started are found. What is live is
 * watched.
 */
export async function reconcileOpenReleases(deps: Deps): Promise<ReconciledReleases> {
  const unstarted: ReleaseServingInput[] = [];
  const closed: string[] = [];
  const wakes = new Set<string>();
  for (const release of await deps.releases.open()) {
    const found = await describe(deps.client, releaseWorkflow(release));
    if (found === undefined && (await isLeft(deps, release))) unstarted.push(inputOf(release));
    const end = found && endOf[found.status.name];
    if (end === undefined || !(await isOpen(deps, release))) continue;
    const closing = { releaseId: release.id, round: release.round, ...end };
    const { wakes: waiting } = await closeRelease(deps, closing);
    closed.push(release.id);
    for (const other of waiting) wakes.add(other);
  }
  const endpoints = await deps.endpoints.list();
  for (const endpoint of endpoints) if (await isLive(deps, endpoint)) await startWatch(deps.client, endpoint);
  const hasEndpoints = endpoints.length > 0;
  return { unstarted, closed, wakes: [...wakes], hasEndpoints };
}

async function isLive(
  { endpoints }: Deps,
  { project, endpoint, retiredAt }: EndpointRecord,
): Promise<boolean> {
  if (retiredAt !== null) return false;
  return (await endpoints.liveAt({ project, endpoint }, new Date().toISOString())) !== undefined;
}

/** A younger one may be about to be started by whoever wrote its row. */
async function isLeft(deps: Deps, release: ReleaseRecord): Promise<boolean> {
  return Date.now() - Date.parse(release.createdAt) >= startGraceMs && (await isOpen(deps, release));
}

/** The row was read before Temporal was asked, and may have ended since. */
async function isOpen({ releases }: Deps, { id }: ReleaseRecord): Promise<boolean> {
  return (await releases.get(id)).endedAt === null;
}

function inputOf({ project, endpoint, id, round }: ReleaseRecord): ReleaseServingInput {
  return { project, endpoint, releaseId: id, round };
}
