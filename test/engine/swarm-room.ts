import { setTimeout as sleep } from 'node:timers/promises';
import { engineLabels } from '../../domain/engine/labels.js';
import { openTargetRoom, type TargetRoom } from './target-room.js';
import { openTestSwarm } from './test-target.js';

/**
 * An agent of its own on the swarm that the engine of this machine manages. It makes one where there is none, and ends
 * what it made.
 */
export async function openSwarmRoom(agent: string): Promise<TargetRoom> {
  const room = await openTargetRoom(agent, openTestSwarm);
  const { docker } = room;
  const isMade = (await room.engine.swarm.node()) === null;
  if (isMade) await docker.swarmInit({ ListenAddr: '127.0.0.1:2377', AdvertiseAddr: '127.0.0.1' });
  const filters = { label: [`${engineLabels.agent}=${agent}`] };
  return {
    ...room,
    leave: async () => {
      for (const { name } of await room.engine.swarm.services()) await room.engine.swarm.removeService(name);
      while ((await docker.listContainers({ all: true, filters })).some(({ Names }) => !isDoor(Names)))
        await sleep(100);
      // Networks of services are free some time after their last container.
      for (let tries = 0; ; tries += 1) {
        const isLeft = await room.leave().then(
          () => true,
          (error: unknown) => {
            if (tries === 100) throw error;
            return false;
          },
        );
        if (isLeft) break;
        await sleep(200);
      }
      if (isMade) await docker.swarmLeave({ force: true });
    },
  };
}

const isDoor = (names: readonly string[]) => names.some((name) => name.endsWith('-door'));
