import { createHash } from 'node:crypto';
import { join } from 'node:path';

/** Whom an engine's containers or services belong to, and the folder of what is kept of them. */
export interface EngineAgent {
  readonly root: string;
  readonly agent: string;
}

/**
 * The agents of a stack on an engine: that of containers, and that of services. The folder is the agent: who has another is
 * another, on the same engine too.
 *
 * @param stateDir absolute
 */
export function agentsOf(stateDir: string): Readonly<Record<'containers' | 'services', EngineAgent>> {
  const root = join(stateDir, 'engine');
  const agent = createHash('sha256').update(root).digest('hex').slice(0, 10);
  return { containers: { root, agent }, services: { root: join(root, 'swarm'), agent: `${agent}-swarm` } };
}
