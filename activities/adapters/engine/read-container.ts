import type Docker from 'dockerode';
import { engineLabels } from '../../../domain/engine/labels.js';
import type { EngineContainer } from '../../../domain/ports/engine.js';
import { ask, askUnless } from './ask-engine.js';

/** Null where there is none that this agent made. */
export async function readContainer(
  docker: Docker,
  agent: string,
  name: string,
): Promise<EngineContainer | null> {
  const inspect = () => docker.getContainer(name).inspect();
  const found = await askUnless([404], 'the container could not be read', inspect);
  if (found === null || found.Config.Labels[engineLabels.agent] !== agent) return null;
  const network = found.NetworkSettings.Networks[found.HostConfig.NetworkMode ?? ''];
  return {
    id: found.Id,
    name: found.Name.replace(/^\//, ''),
    imageId: found.Image,
    labels: found.Config.Labels,
    state: found.State.Status as EngineContainer['state'],
    address: network?.IPAddress || null,
    startedAt: found.State.StartedAt,
    restarts: found.RestartCount,
    exitCode: found.State.ExitCode,
    isOutOfMemory: found.State.OOMKilled,
  };
}

/** Those of this agent that carry all of the labels, sorted by name. */
export async function listContainers(
  docker: Docker,
  agent: string,
  labels: Readonly<Record<string, string>>,
): Promise<readonly EngineContainer[]> {
  const wanted = Object.entries({ ...labels, [engineLabels.agent]: agent });
  const filters = { label: wanted.map(([name, value]) => `${name}=${value}`) };
  const listed = await ask('containers could not be listed', () =>
    docker.listContainers({ all: true, filters }),
  );
  const found = await Promise.all(listed.map(({ Id }) => readContainer(docker, agent, Id)));
  return found.filter((c) => c !== null).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
