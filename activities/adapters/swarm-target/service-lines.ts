import { engineLabels } from '../../../domain/engine/labels.js';
import type { EndpointName } from '../../../domain/ports/deployment-target.js';
import type { Engine } from '../../../domain/ports/engine.js';

/** What a swarm writes on a container: `<service>.<slot>.<task>`. */
const taskLabel = 'com.docker.swarm.task.name';

/** The newest lines of all tasks of a revision whose containers are there, oldest first: `<time> <revision>/<slot> <text>`. */
export async function serviceLines(
  engine: Engine,
  { project, endpoint, revision }: EndpointName & { readonly revision: string },
  lines: number,
): Promise<readonly string[]> {
  const containers = await engine.containers({
    [engineLabels.project]: project,
    [engineLabels.endpoint]: endpoint,
    [engineLabels.revision]: revision,
  });
  const told = await Promise.all(
    containers.map(async ({ id, labels }) => {
      const slot = labels[taskLabel]?.split('.').at(-2) ?? '?';
      return (await engine.logs(id, lines)).map((line) => line.replace(' ', ` ${revision}/${slot} `));
    }),
  );
  return told.flat().toSorted().slice(-lines);
}
