import type Docker from 'dockerode';
import type { Engine } from '../../domain/ports/engine.js';
import { lock } from '../../machine/folder-lock.js';
import { socketPath } from './engine-room.js';

/** The swarm that the engine of this machine manages, for one suite at a time. */
export interface BorrowedSwarm {
  /** When nothing of its borrower is left on it. */
  giveBack(): Promise<void>;
}

/** Makes one where there is none, and ends what it made: another suite's services would end with it. */
export async function borrowSwarm(docker: Docker, { swarm }: Pick<Engine, 'swarm'>): Promise<BorrowedSwarm> {
  const held = await lock(socketPath, 'swarm');
  const isMade = (await swarm.node()) === null;
  if (isMade) await docker.swarmInit({ ListenAddr: '127.0.0.1:2377', AdvertiseAddr: '127.0.0.1' });
  return {
    async giveBack() {
      if (isMade) await docker.swarmLeave({ force: true });
      await held.release();
    },
  };
}
