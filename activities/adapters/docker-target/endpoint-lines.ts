import { engineLabels } from '../../../domain/engine/labels.js';
import type { EndpointName } from '../../../domain/ports/deployment-target.js';
import type { Engine } from '../../../domain/ports/engine.js';
import type { EndpointPlace } from './endpoint-place.js';
import { readKept } from './kept-json.js';

/**
 * The newest lines of replicas, oldest first: those of one revision, or of all that there are and of the newest one that
 * did not become ready. Each is `<time> <replica> <text>`.
 */
export async function endpointLines(
  engine: Engine,
  place: EndpointPlace,
  { project, endpoint, revision }: EndpointName & { readonly revision?: string },
  lines: number,
): Promise<readonly string[]> {
  const replicas = (
    await engine.containers({
      [engineLabels.project]: project,
      [engineLabels.endpoint]: endpoint,
      ...(revision === undefined ? {} : { [engineLabels.revision]: revision }),
    })
  ).filter(({ labels }) => labels[engineLabels.replica] !== undefined);
  const told = await Promise.all(
    replicas.map(async ({ name, labels }) => {
      const replica = `${labels[engineLabels.revision]}/${labels[engineLabels.replica]}`;
      return (await engine.logs(name, lines)).map((line) => line.replace(' ', ` ${replica} `));
    }),
  );
  const failed = revision === undefined ? await readKept<readonly string[]>(place.failedFile) : null;
  return [...(failed ?? []), ...told.flat()].toSorted().slice(-lines);
}
