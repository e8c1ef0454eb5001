import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { engineLabels } from '../../../domain/engine/labels.js';
import type { EndpointName } from '../../../domain/ports/deployment-target.js';
import type { EngineContainer } from '../../../domain/ports/engine.js';
import type { DockerSetting } from './docker-setting.js';
import type { EndpointPlace } from './endpoint-place.js';
import { namesIn } from './known-endpoints.js';
import { type LiveRevision, makeLive, readLive } from './live-revision.js';
import { doorLabel, openDoor } from './open-door.js';
import { graceOf, noGraceMs, runReplicas } from './replicas.js';

/** The live revision runs and answers at its door, and of what is not live nothing is left. */
export async function settleEndpoint(
  setting: DockerSetting,
  place: EndpointPlace,
  name: EndpointName,
): Promise<void> {
  const live = await readLive(place);
  if (live !== null) {
    await makeLive(place, live.wanted, await runReplicas(setting, place, live.wanted));
    await openDoor(setting, place, name);
  }
  const ours = await setting.engine.containers(labelsOf(name));
  const graceMs = graceOf(live);
  const left = ours.filter((container) => !isLive(container, live));
  await Promise.all(left.map((container) => setting.engine.remove(container.name, graceMs)));
  await removeOldFolders(place, live?.wanted.revision);
}

function isLive({ labels }: EngineContainer, live: LiveRevision | null): boolean {
  if (live === null) return false;
  if (labels[doorLabel] !== undefined) return true;
  return (
    labels[engineLabels.revision] === live.wanted.revision &&
    Number(labels[engineLabels.replica]) < live.wanted.replicas
  );
}

/** Drains and ends all that there is of an endpoint, its door first. */
export async function removeEndpoint(
  { engine }: DockerSetting,
  place: EndpointPlace,
  name: EndpointName,
): Promise<void> {
  const live = await readLive(place);
  const ours = await engine.containers(labelsOf(name));
  await engine.remove(place.doorName, noGraceMs);
  const graceMs = graceOf(live);
  await Promise.all(ours.map((container) => engine.remove(container.name, graceMs)));
  await engine.removeNetwork(place.network);
  await rm(place.folder, { recursive: true, force: true });
}

const labelsOf = ({ project, endpoint }: EndpointName) => ({
  [engineLabels.project]: project,
  [engineLabels.endpoint]: endpoint,
});

/** Of revisions that are not live. */
export async function removeOldFolders(place: EndpointPlace, live: string | undefined): Promise<void> {
  const folder = join(place.folder, 'revisions');
  for (const revision of await namesIn(folder)) {
    if (revision !== live) await rm(join(folder, revision), { recursive: true, force: true });
  }
}
