import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { Engine } from '../../../domain/ports/engine.js';

/** Id of the node that the agent's files are on. Error: `PART_UNAVAILABLE` where its engine manages no swarm. */
export async function requireNode({ swarm }: Engine): Promise<string> {
  const node = await swarm.node();
  if (node !== null) return node;
  throw new RatchetError(
    'PART_UNAVAILABLE',
    'the engine manages no swarm; allowed: one that is a manager, such as after docker swarm init',
  );
}
