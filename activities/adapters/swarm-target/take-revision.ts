import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { engineLabels } from '../../../domain/engine/labels.js';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { WantedRevision } from '../../../domain/ports/deployment-target.js';
import type { DockerSetting } from '../docker-target/docker-setting.js';
import type { EndpointPlace } from '../docker-target/endpoint-place.js';
import { keep } from '../docker-target/kept-json.js';
import { readLive } from '../docker-target/live-revision.js';
import { layOutRevision } from '../docker-target/revision-folder.js';
import { dropNext, keepLive, keepNext, readNext, serviceName } from './next-revision.js';
import { serviceLines } from './service-lines.js';
import { serviceOf } from './service-of.js';
import { waitUntilLeft, waitUntilTaken } from './wait-until-taken.js';

const linesOfFailure = 20;

/** Has the service of an endpoint take a revision. Error: `DEPLOY_FAILED`; then it has the one before again. */
export async function takeRevision(
  setting: DockerSetting,
  place: EndpointPlace,
  wanted: WantedRevision,
  signal: AbortSignal,
): Promise<void> {
  await seeThrough(setting, place, wanted, signal, async () => {
    const files = join(setting.root, 'files');
    await layOutRevision(place.revisionFolder(wanted.revision), wanted, { ...setting, files });
    const service = await serviceOf(setting, place, wanted);
    await keepNext(place, wanted);
    await setting.engine.ensureNetwork(place.network, 'services');
    await setting.engine.swarm.apply(serviceName(place), service);
  });
}

/** What an agent that ended had begun comes to its end; the swarm itself went on with it meanwhile. */
export async function finishNext(setting: DockerSetting, place: EndpointPlace): Promise<void> {
  const next = await readNext(place);
  if (next === null) return;
  const isLive = (await readLive(place))?.wanted.revision === next.revision;
  if (isLive) return dropNext(place);
  await seeThrough(setting, place, next, new AbortController().signal, async () => undefined).catch(
    (error: unknown) => {
      if (!(error instanceof RatchetError) || error.code !== 'DEPLOY_FAILED') throw error;
    },
  );
}

async function seeThrough(
  setting: DockerSetting,
  place: EndpointPlace,
  wanted: WantedRevision,
  signal: AbortSignal,
  begin: () => Promise<void>,
): Promise<void> {
  const { engine } = setting;
  const { revision } = wanted;
  try {
    await begin();
    const reason = await waitUntilTaken(engine.swarm, serviceName(place), wanted, signal);
    if (reason !== null) {
      const lines = await serviceLines(engine, wanted, linesOfFailure);
      await keep(place.failedFile, lines);
      const message = `revision ${revision} is not ready: ${reason}; the end of its log:\n${lines.join('\n')}`;
      throw new RatchetError('DEPLOY_FAILED', message, { revision });
    }
    await keepLive(place, wanted);
  } catch (error) {
    await undo(setting, place, wanted);
    await rm(place.revisionFolder(revision), { recursive: true, force: true });
    await dropNext(place);
    throw error;
  }
  await dropNext(place);
}

/** The service has the revision before, or there is none. */
async function undo({ engine }: DockerSetting, place: EndpointPlace, wanted: WantedRevision): Promise<void> {
  const { swarm } = engine;
  const name = serviceName(place);
  const service = await swarm.service(name);
  if (service === null) return;
  if ((await readLive(place)) === null) await swarm.removeService(name);
  else if (service.labels[engineLabels.revision] === wanted.revision && service.change !== 'going-back')
    await swarm.goBack(name);
  await waitUntilLeft(swarm, name, wanted);
}
