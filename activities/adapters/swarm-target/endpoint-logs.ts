import type { EndpointName } from '../../../domain/ports/deployment-target.js';
import type { Engine } from '../../../domain/ports/engine.js';
import type { EndpointPlace } from '../docker-target/endpoint-place.js';
import { readKept } from '../docker-target/kept-json.js';
import { readLive } from '../docker-target/live-revision.js';
import { readNext } from './next-revision.js';
import { serviceLines } from './service-lines.js';

/** The newest lines of the live revision, of one that is taking its place, and of the newest that did not become ready. */
export async function endpointLogs(
  engine: Engine,
  place: EndpointPlace,
  name: EndpointName,
  lines: number,
): Promise<readonly string[]> {
  const revisions = [(await readLive(place))?.wanted.revision, (await readNext(place))?.revision];
  const told = await Promise.all(
    [...new Set(revisions)]
      .filter((revision) => revision !== undefined)
      .map((revision) => serviceLines(engine, { ...name, revision }, lines)),
  );
  const failed = (await readKept<readonly string[]>(place.failedFile)) ?? [];
  return [...new Set([...failed, ...told.flat()])].toSorted().slice(-lines);
}
