import { randomUUID } from 'node:crypto';
import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import { retiredEndpoint } from '../../db/release-records.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { queues, searchAttributes, workflowIds } from '../../domain/names.js';
import type { EndpointName } from '../../domain/ports/deployment-target.js';
import type { ReleaseKind, ReleaseRecord, ReleaseStore } from '../../domain/ports/releases.js';
import { type ReleaseReason, releasesFor } from '../../domain/serving/releases-for.js';
import { runSearchKeys } from '../../workflows/messages/search-keys.js';
import type { Stories } from '../../workflows/messages/stories.js';
import type { GatewayDeps } from '../deps.js';
import { notLost } from './wake-workflow.js';
import { withDeadline } from './with-deadline.js';

const deadlineMs = 10_000;

/** What a person asks for. */
export interface AskedRelease extends EndpointName {
  readonly kind: ReleaseKind;
  /** Minted by the caller; absent: it is made here. */
  readonly id: string | undefined;
  readonly reason: string | undefined;
  readonly by: string;
}

/**
 * The row first, then the workflow: if the second fails, reconciling starts it from the row. The same id again is the same
 * release. Errors: `ENDPOINT_NOT_FOUND`, `CONFLICT` where the endpoint is retired or the id is of another release,
 * `PART_UNAVAILABLE`.
 */
export async function releaseEndpoint(deps: GatewayDeps, asked: AskedRelease): Promise<string> {
  const { project, endpoint, kind, by, reason = null, id = randomUUID() } = asked;
  const facts = { kind: 'manual', reason } as const;
  const causes = [{ kind: 'manual', by, at: new Date().toISOString(), facts }] as const;
  return startFrom(deps, { id, project, endpoint, kind, causes });
}

/** The releases that a step back of a model asks for, whose champion is another by it. */
export async function releaseChampion(
  deps: GatewayDeps,
  project: string,
  reason: ReleaseReason,
): Promise<void> {
  for (const { model: _, ...wanted } of releasesFor(await deps.endpoints.list(project), reason)) {
    try {
      await startFrom(deps, wanted);
    } catch (error) {
      // The step back is done, and the row is there to be started: whoever asked need not ask again.
      if (!(error instanceof RatchetError) || error.code !== 'PART_UNAVAILABLE') throw error;
      deps.log.warn({ release: wanted.id, error: error.message }, 'a release begins later');
    }
  }
}

/** Sets the number of replicas, and releases what is live with it. Errors: as `releaseEndpoint`. */
export async function scaleEndpoint(
  deps: GatewayDeps,
  asked: Omit<AskedRelease, 'kind'> & { readonly replicas: number | null },
): Promise<string> {
  const { project, endpoint, replicas, by } = asked;
  const { retiredAt } = await deps.endpoints.get({ project, endpoint });
  if (retiredAt !== null) throw retiredEndpoint(project, endpoint, retiredAt);
  await deps.endpoints.scale({ project, endpoint }, replicas, by);
  return releaseEndpoint(deps, { ...asked, kind: 'scale' });
}

async function startFrom(deps: GatewayDeps, wanted: Parameters<ReleaseStore['create']>[0]): Promise<string> {
  const { release } = await deps.releases.create(wanted);
  if (release.kind !== wanted.kind)
    throw new RatchetError('CONFLICT', `release ${release.id} was started before, as ${release.kind}`);
  if (release.endedAt === null) {
    const what = `release ${release.id} is stored and begins once Temporal is back`;
    await notLost(what, () => withDeadline(deps.client, deadlineMs, () => start(deps, release)));
  }
  return release.id;
}

async function start({ client }: GatewayDeps, release: ReleaseRecord): Promise<void> {
  const { project, endpoint, id: releaseId, round } = release;
  try {
    await client.workflow.start<Stories['releaseServing']>('releaseServing', {
      workflowId: workflowIds.releaseServing(project, endpoint, releaseId),
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      taskQueue: queues.orchestrator,
      staticSummary: `release ${project}/${endpoint}`,
      typedSearchAttributes: [{ key: runSearchKeys[searchAttributes.project], value: project }],
      args: [{ project, endpoint, releaseId, round }],
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

/** Asks the story to stop; past the deployment it is too late. An ended release stays as it is. */
export async function cancelRelease({ client, releases }: GatewayDeps, id: string): Promise<void> {
  const { project, endpoint, endedAt } = await releases.get(id);
  if (endedAt !== null) return;
  const handle = client.workflow.getHandle(workflowIds.releaseServing(project, endpoint, id));
  try {
    await withDeadline(client, deadlineMs, () => handle.cancel());
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    await releases.setStatus(id, 'cancelled', 'cancelled while nothing of it ran');
  }
}
