import Docker from 'dockerode';
import { agentsOf } from '../../../activities/adapters/engine/agents-of.js';
import { createEngine } from '../../../activities/adapters/engine/create-engine.js';
import { engineLabels } from '../../../domain/engine/labels.js';
import type { Engine } from '../../../domain/ports/engine.js';
import { until } from '../chaos/until.js';

const patienceMs = 60_000;
/** A swarm's own, on the containers that it started. */
const ofService = 'com.docker.swarm.service.id';
/** As the engine says that something still uses a network. */
const inUse: readonly unknown[] = [400, 403, 409];

/** Takes all that a stack made away from its engine: an endpoint outlives the processes that brought it to life. */
export async function clearEngine(socketPath: string, stateDir: string): Promise<void> {
  const docker = new Docker({ socketPath });
  const { containers, services } = agentsOf(stateDir);
  for (const one of [services, containers])
    await clearAgent(docker, createEngine({ socketPath, ...one }), one.agent);
}

/** Takes all that an agent made away from its engine: services, containers, networks and images. */
export async function clearAgent(docker: Docker, engine: Engine, agent: string): Promise<void> {
  const filters = { label: [`${engineLabels.agent}=${agent}`] };
  if ((await engine.swarm.node()) !== null)
    for (const { name } of await engine.swarm.services()) await engine.swarm.removeService(name);
  await until('the containers of services end', patienceMs, async () => {
    const left = await docker.listContainers({ all: true, filters });
    return left.every(({ Labels }) => !(ofService in Labels)) || undefined;
  });
  for (const { name } of await engine.containers()) await engine.remove(name, 0);
  for (const { Id } of await docker.listNetworks({ filters })) await removeNetwork(docker, Id);
  await engine.pruneImages([]);
}

/** One of services is free some time after its last container. */
async function removeNetwork(docker: Docker, id: string): Promise<void> {
  const network = docker.getNetwork(id);
  await until(`network ${id} is free`, patienceMs, async () => {
    try {
      await network.remove();
      return true;
    } catch (error) {
      if (inUse.includes((error as { readonly statusCode?: unknown }).statusCode)) return undefined;
      throw error;
    }
  });
}
