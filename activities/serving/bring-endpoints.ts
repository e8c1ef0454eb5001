import { log } from '@temporalio/activity';
import { messageOf } from '../../domain/errors/ratchet-error.js';
import type { DeploymentTarget, ObservedEndpoint } from '../../domain/ports/deployment-target.js';
import type { EndpointRecord, RevisionRecord } from '../../domain/ports/endpoints.js';
import type { DeployDeps } from './deps.js';
import { liveRevision, makeWanted } from './live-revision.js';
import { openReleasesOf } from './open-releases.js';
import { targetOf, targetsWith } from './target-of.js';

export interface BroughtEndpoints {
  /** Endpoints whose live revision did not answer, and was deployed again. */
  readonly brought: number;
  /** Endpoints of which something ran that nobody wants. */
  readonly removed: number;
  /** Endpoints that could not be brought to what is wanted yet. */
  readonly failed: number;
}

type Deps = Pick<DeployDeps, 'endpoints' | 'releases' | 'targets'>;
type Outcome = 'same' | 'brought' | 'removed' | 'failed';

/** Brings every endpoint that no release is at work on to its live revision. Retired ones end. */
export async function bringEndpoints(deps: Deps, signal: AbortSignal): Promise<BroughtEndpoints> {
  const outcomes: Outcome[] = [];
  for (const endpoint of await deps.endpoints.list()) {
    if (signal.aborted) throw signal.reason;
    outcomes.push(
      await bring(deps, endpoint, signal).catch((error: unknown) => told(endpoint, error, signal)),
    );
  }
  const count = (wanted: Outcome) => outcomes.filter((outcome) => outcome === wanted).length;
  return { brought: count('brought'), removed: count('removed'), failed: count('failed') };
}

/** One endpoint that fails does not hold up the others; it is looked at again by the schedule. */
function told({ project, endpoint }: EndpointRecord, error: unknown, signal: AbortSignal): Outcome {
  if (signal.aborted) throw signal.reason;
  log.warn(`the endpoint is not as it is wanted: ${messageOf(error)}`, { project, endpoint });
  return 'failed';
}

async function bring(deps: Deps, endpoint: EndpointRecord, signal: AbortSignal): Promise<Outcome> {
  if ((await openReleasesOf(deps.releases, endpoint)).length > 0) return 'same';
  const live = await liveRevision(deps.endpoints, endpoint);
  const name = { project: endpoint.project, endpoint: endpoint.endpoint };
  if (endpoint.retiredAt === null && live !== undefined) {
    const running = await targetsWith(deps.targets, name, endpoint.config.target);
    return answer(deps, { endpoint, live, running }, signal);
  }
  const running = await targetsWith(deps.targets, name);
  for (const target of running) await target.remove(name, signal);
  if (live !== undefined) {
    await deps.endpoints.recordEnded(endpoint, new Date().toISOString(), 'system/reconcile-endpoints');
  }
  return running.length > 0 || live !== undefined ? 'removed' : 'same';
}

/** Where several targets have something of it, the one that the live revision answers on keeps it. */
async function answer(
  { endpoints, targets }: Deps,
  found: {
    readonly endpoint: EndpointRecord;
    readonly live: RevisionRecord;
    readonly running: readonly DeploymentTarget[];
  },
  signal: AbortSignal,
): Promise<Outcome> {
  const { endpoint, live, running } = found;
  const observed = await Promise.all(running.map((target) => target.observe(endpoint)));
  const at = observed.findIndex(({ revision }) => revision === live.revision);
  const wished = running.find(({ kind }) => kind === endpoint.config.target) ?? running[0];
  const own = running[at] ?? wished ?? targetOf(targets, endpoint.config.target);
  const isWhole = observed.some((one) => answersWhole(one, live));
  if (!isWhole) {
    await own.deploy(await makeWanted(endpoints, live.wanted, live.releaseId), signal);
  }
  const others = running.filter((target) => target !== own);
  for (const other of others) await other.remove(endpoint, signal);
  if (!isWhole) return 'brought';
  return others.length > 0 ? 'removed' : 'same';
}

/** A replica that failed is one that its target does not start again by itself, such as a container somebody killed. */
function answersWhole({ revision, replicas }: ObservedEndpoint, live: RevisionRecord): boolean {
  if (revision !== live.revision || replicas.length < live.wanted.replicas) return false;
  return replicas.every(({ state }) => state !== 'failed');
}
