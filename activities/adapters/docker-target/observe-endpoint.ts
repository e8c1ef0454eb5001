import { engineLabels } from '../../../domain/engine/labels.js';
import type {
  EndpointName,
  ObservedEndpoint,
  ObservedReplica,
} from '../../../domain/ports/deployment-target.js';
import type { Engine, EngineContainer } from '../../../domain/ports/engine.js';
import type { EndpointPlace } from './endpoint-place.js';
import { readLive } from './live-revision.js';
import { addressesOf } from './open-door.js';
import { whyNotReady } from './wait-until-ready.js';

/** What runs of an endpoint at this moment, as its replicas say themselves. */
export async function observeEndpoint(
  engine: Engine,
  place: EndpointPlace,
  { project, endpoint }: EndpointName,
): Promise<ObservedEndpoint> {
  const live = await readLive(place);
  if (live === null) return { project, endpoint, revision: null, ordinal: null, at: null, replicas: [] };
  const { revision, ordinal } = live.wanted;
  const found = await engine.containers({
    [engineLabels.project]: project,
    [engineLabels.endpoint]: endpoint,
    [engineLabels.revision]: revision,
  });
  return {
    project,
    endpoint,
    revision,
    ordinal,
    at: await addressesOf(place),
    replicas: await Promise.all(found.map(observeReplica)),
  };
}

async function observeReplica(container: EngineContainer): Promise<ObservedReplica> {
  const reason = await whyNotReady(container);
  const { id, restarts, state, exitCode, isOutOfMemory } = container;
  const seen = { id: id.slice(0, 12), restarts };
  if (reason === null) return { ...seen, state: 'ready', reason };
  if (state === 'running') return { ...seen, state: 'starting', reason };
  const why = isOutOfMemory ? 'it took more memory than it may' : `it ended with code ${exitCode}`;
  return { ...seen, state: state === 'restarting' ? 'restarting' : 'failed', reason: why };
}
