import type Docker from 'dockerode';
import { engineLabels } from '../../../domain/engine/labels.js';
import { ask, askUnless } from './ask-engine.js';
import type { FoundService, FoundTask } from './read-service.js';

/** Services that the agent made; none where there is no swarm, or another engine manages it. */
export async function findServices(docker: Docker, agent: string): Promise<readonly FoundService[]> {
  const filters = { label: [`${engineLabels.agent}=${agent}`] };
  const list = () => docker.listServices({ filters });
  return ((await askUnless([406, 503], 'services could not be read', list)) ?? []) as readonly FoundService[];
}

/** Null where the agent made none of this name. */
export async function findService(docker: Docker, agent: string, name: string): Promise<FoundService | null> {
  return (await findServices(docker, agent)).find(({ Spec }) => Spec.Name === name) ?? null;
}

export async function findTasks(docker: Docker, { ID }: FoundService): Promise<readonly FoundTask[]> {
  const filters = JSON.stringify({ service: [ID] });
  return ask('tasks could not be read', () => docker.listTasks({ filters }));
}
