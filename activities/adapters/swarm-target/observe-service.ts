import { engineLabels } from '../../../domain/engine/labels.js';
import type {
  EndpointName,
  ObservedEndpoint,
  ObservedReplica,
} from '../../../domain/ports/deployment-target.js';
import type { Engine } from '../../../domain/ports/engine.js';
import type { SwarmTask } from '../../../domain/ports/swarm.js';
import type { EndpointPlace } from '../docker-target/endpoint-place.js';
import { readLive } from '../docker-target/live-revision.js';
import { addressesOf } from '../docker-target/open-door.js';
import { serviceName } from './next-revision.js';
import { requireNode } from './require-node.js';

/** What runs of an endpoint, as the swarm says. Error: `PART_UNAVAILABLE` where it has something and there is no swarm. */
export async function observeService(
  engine: Engine,
  place: EndpointPlace,
  { project, endpoint }: EndpointName,
): Promise<ObservedEndpoint> {
  const live = await readLive(place);
  if (live === null) return { project, endpoint, revision: null, ordinal: null, at: null, replicas: [] };
  await requireNode(engine);
  const { revision, ordinal } = live.wanted;
  const tasks = (await engine.swarm.tasks(serviceName(place))).filter(
    ({ labels }) => labels[engineLabels.revision] === revision,
  );
  const slots = [...new Set(tasks.filter(({ isWanted }) => isWanted).map(({ slot }) => slot))];
  return {
    project,
    endpoint,
    revision,
    ordinal,
    at: await addressesOf(place),
    replicas: slots
      .toSorted((a, b) => a - b)
      .map((slot) => observeSlot(tasks.filter((task) => task.slot === slot))),
  };
}

/** The newest task of a slot; those before it that failed, as far as the swarm remembers them, are its restarts. */
function observeSlot(newestFirst: readonly SwarmTask[]): ObservedReplica {
  const failed = newestFirst.filter(({ state }) => state === 'failed');
  const task = newestFirst.find(({ isWanted }) => isWanted);
  const seen = {
    id: (task?.containerId ?? task?.id ?? '').slice(0, 12),
    restarts: failed.filter(({ id }) => id !== task?.id).length,
  };
  if (task?.state === 'running') return { ...seen, state: 'ready', reason: null };
  const reason = task?.reason ?? failed[0]?.reason ?? 'its container is not well yet';
  if (task?.state === 'failed') return { ...seen, state: 'failed', reason };
  return { ...seen, state: failed.length > 0 ? 'restarting' : 'starting', reason };
}
