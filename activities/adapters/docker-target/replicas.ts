import { rm } from 'node:fs/promises';
import { engineLabels } from '../../../domain/engine/labels.js';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { WantedRevision } from '../../../domain/ports/deployment-target.js';
import type { EngineContainer } from '../../../domain/ports/engine.js';
import type { DockerSetting } from './docker-setting.js';
import { endpointLines } from './endpoint-lines.js';
import type { EndpointPlace } from './endpoint-place.js';
import { keep } from './kept-json.js';
import type { LiveRevision } from './live-revision.js';
import { replicaSpec } from './replica-spec.js';
import { waitUntilReady } from './wait-until-ready.js';

/** Long enough for the end of a container that nobody is waiting for. */
export const noGraceMs = 1000;
/** After the time for what a host answers, how long it may take to put things away. */
export const lastWordsMs = 5000;
const linesOfFailure = 20;

/** How long the replicas of an endpoint may take to end, as the revision that is live says. */
export const graceOf = (live: LiveRevision | null): number =>
  live === null ? noGraceMs : live.wanted.health.drainMs + lastWordsMs;

/** Starts the replicas of a revision that do not run. */
export async function runReplicas(
  { engine, secrets }: DockerSetting,
  place: EndpointPlace,
  wanted: WantedRevision,
): Promise<readonly EngineContainer[]> {
  await engine.ensureNetwork(place.network, 'inside');
  const spec = await replicaSpec(wanted, place, secrets);
  return Promise.all(
    replicaNames(place, wanted).map((name, i) =>
      engine.run(name, { ...spec, labels: { ...spec.labels, [engineLabels.replica]: String(i) } }),
    ),
  );
}

/** Replicas that are ready. Error: `DEPLOY_FAILED` with the end of their log, and then none of them is left. */
export async function startReplicas(
  setting: DockerSetting,
  place: EndpointPlace,
  wanted: WantedRevision,
  signal: AbortSignal,
): Promise<readonly EngineContainer[]> {
  const { revision, health } = wanted;
  try {
    const replicas = await runReplicas(setting, place, wanted);
    const all = () => setting.engine.containers({ [engineLabels.revision]: revision });
    const look = async (name: string) => (await all()).find((c) => c.name === name);
    const reasons = await Promise.all(
      replicas.map(({ name }) => waitUntilReady(() => look(name), health.readyWithinMs, signal)),
    );
    const reason = reasons.find((r) => r !== null);
    if (reason === undefined) return replicas;
    const lines = await endpointLines(setting.engine, place, { ...wanted, revision }, linesOfFailure);
    await keep(place.failedFile, lines);
    const message = `revision ${revision} is not ready: ${reason}; the end of its log:\n${lines.join('\n')}`;
    throw new RatchetError('DEPLOY_FAILED', message, { revision });
  } catch (error) {
    for (const name of replicaNames(place, wanted)) await setting.engine.remove(name, noGraceMs);
    await rm(place.revisionFolder(revision), { recursive: true, force: true });
    throw error;
  }
}

function replicaNames(place: EndpointPlace, { revision, replicas }: WantedRevision): readonly string[] {
  return Array.from({ length: replicas }, (_, i) => place.replicaName(revision, i));
}
