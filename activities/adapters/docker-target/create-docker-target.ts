import { join } from 'node:path';
import type { DeploymentTarget, EndpointName } from '../../../domain/ports/deployment-target.js';
import type { DockerSetting } from './docker-setting.js';
import { endpointLines } from './endpoint-lines.js';
import { endpointPlace } from './endpoint-place.js';
import { knownEndpoints } from './known-endpoints.js';
import { makeLive, readLive, standing } from './live-revision.js';
import { observeEndpoint } from './observe-endpoint.js';
import { oneAtATime } from './one-at-a-time.js';
import { startReplicas } from './replicas.js';
import { layOutRevision } from './revision-folder.js';
import { removeEndpoint, settleEndpoint } from './settle-endpoint.js';

/** Endpoints as containers of one engine. */
export interface DockerTarget extends DeploymentTarget {
  /**
   * Brings the engine to what was live when this agent ended: what else it left there goes, what is missing is started.
   * For its start.
   */
  settle(): Promise<void>;
}

/**
 * Replicas are containers with no way out; clients come to a door, a container of its own at ports that stay. New
 * replicas have to be ready before one file, replaced in one step, makes them the ones that the door leads to.
 */
export function createDockerTarget(setting: DockerSetting): DockerTarget {
  const { engine, agent, root } = setting;
  const placeOf = (name: EndpointName) => endpointPlace(root, agent, name);
  const observe = (name: EndpointName) => observeEndpoint(engine, placeOf(name), name);
  const inTurn = oneAtATime();

  const deploy: DeploymentTarget['deploy'] = async (wanted, signal) => {
    const place = placeOf(wanted);
    if (standing(wanted, await readLive(place)) === 'newer') {
      const files = join(root, 'files');
      await layOutRevision(place.revisionFolder(wanted.revision), wanted, { ...setting, files });
      await makeLive(place, wanted, await startReplicas(setting, place, wanted, signal));
    }
    await settleEndpoint(setting, place, wanted);
    return observe(wanted);
  };

  const known = async () =>
    knownEndpoints(
      root,
      (await engine.containers()).map(({ labels }) => labels),
    );

  return {
    kind: 'docker',
    deploy: (wanted, signal) => inTurn(wanted, () => deploy(wanted, signal)),
    observe,
    list: async () => (await Promise.all((await known()).map(observe))).filter((e) => e.revision !== null),
    remove: (name) => inTurn(name, () => removeEndpoint(setting, placeOf(name), name)),
    logs: ({ project, endpoint }, lines) =>
      endpointLines(engine, placeOf({ project, endpoint }), { project, endpoint }, lines),
    settle: async () => {
      for (const name of await known()) {
        await inTurn(name, () => settleEndpoint(setting, placeOf(name), name));
      }
    },
  };
}
