import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { engineLabels } from '../../../domain/engine/labels.js';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { EndpointName } from '../../../domain/ports/deployment-target.js';
import type { DockerSetting } from '../docker-target/docker-setting.js';
import type { EndpointPlace } from '../docker-target/endpoint-place.js';
import { readLive } from '../docker-target/live-revision.js';
import { noGraceMs } from '../docker-target/replicas.js';
import { serviceName } from './next-revision.js';

const everyMs = 200;
/** For the swarm to notice that a service is gone, and for its network to be free. */
const slackMs = 60_000;

/** Drains and ends all that there is of an endpoint, its door first. Error: `PART_UNAVAILABLE` where containers stay. */
export async function removeService(
  { engine }: DockerSetting,
  place: EndpointPlace,
  { project, endpoint }: EndpointName,
): Promise<void> {
  const live = await readLive(place);
  const labels = { [engineLabels.project]: project, [engineLabels.endpoint]: endpoint };
  await engine.remove(place.doorName, noGraceMs);
  await engine.swarm.removeService(serviceName(place));
  const untilMs = Date.now() + (live?.wanted.health.drainMs ?? 0) + slackMs;
  const until = async (what: string, isDone: () => Promise<boolean>) => {
    while (!(await isDone())) {
      if (Date.now() > untilMs) throw new RatchetError('PART_UNAVAILABLE', what);
      await sleep(everyMs);
    }
  };
  await until(
    'containers of a removed service do not end',
    async () => (await engine.containers(labels)).length === 0,
  );
  await until('the network of a removed service is still in use', () => isRemoved(engine, place));
  await rm(place.folder, { recursive: true, force: true });
}

/** A swarm frees the network of a service some time after its last container went. */
async function isRemoved(engine: DockerSetting['engine'], { network }: EndpointPlace): Promise<boolean> {
  try {
    await engine.removeNetwork(network);
    return true;
  } catch (error) {
    if (error instanceof RatchetError && /in use|active endpoints/.test(error.message)) return false;
    throw error;
  }
}
