import { engineLabels } from '../../../domain/engine/labels.js';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { EndpointName } from '../../../domain/ports/deployment-target.js';
import type { DockerSetting } from '../docker-target/docker-setting.js';
import type { EndpointPlace } from '../docker-target/endpoint-place.js';
import { readLive } from '../docker-target/live-revision.js';
import { openDoor } from '../docker-target/open-door.js';
import { noGraceMs } from '../docker-target/replicas.js';
import { removeOldFolders } from '../docker-target/settle-endpoint.js';
import { serviceName } from './next-revision.js';
import { serviceOf } from './service-of.js';
import { waitUntilTaken } from './wait-until-taken.js';

/**
 * The live revision is what the service has, it is there, and its door is open. Given a signal, it is also waited for.
 * Error: `DEPLOY_FAILED` where somebody removed the service and it does not come back.
 */
export async function settleService(
  setting: DockerSetting,
  place: EndpointPlace,
  name: EndpointName,
  signal?: AbortSignal,
): Promise<void> {
  const { swarm } = setting.engine;
  const live = await readLive(place);
  if (live === null) return swarm.removeService(serviceName(place));
  const { wanted } = live;
  const service = await swarm.service(serviceName(place));
  // Whoever removed it may have removed its network too, and a door keeps to the one that it was put into.
  if (service === null) await setting.engine.remove(place.doorName, noGraceMs);
  if (service?.labels[engineLabels.revision] !== wanted.revision) {
    await setting.engine.ensureNetwork(place.network, 'services');
    await swarm.apply(serviceName(place), await serviceOf(setting, place, wanted));
    const reason = signal && (await waitUntilTaken(swarm, serviceName(place), wanted, signal));
    if (reason) throw new RatchetError('DEPLOY_FAILED', `revision ${wanted.revision} is not back: ${reason}`);
  }
  await openDoor(setting, place, name);
  await removeOldFolders(place, wanted.revision);
}
