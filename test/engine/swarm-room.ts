import { borrowSwarm } from './borrowed-swarm.js';
import { openTargetRoom, type TargetRoom } from './target-room.js';
import { openTestSwarm } from './test-target.js';

/** An agent of its own on the swarm that the engine of this machine manages. */
export async function openSwarmRoom(agent: string): Promise<TargetRoom> {
  const room = await openTargetRoom(agent, openTestSwarm);
  const swarm = await borrowSwarm(room.docker, room.engine);
  return {
    ...room,
    leave: async () => {
      await room.leave();
      await swarm.giveBack();
    },
  };
}
