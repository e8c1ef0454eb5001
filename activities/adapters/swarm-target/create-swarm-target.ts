import type { DeploymentTarget, EndpointName } from '../../../domain/ports/deployment-target.js';
import type { DockerTarget } from '../docker-target/create-docker-target.js';
import type { DockerSetting } from '../docker-target/docker-setting.js';
import { endpointPlace } from '../docker-target/endpoint-place.js';
import { knownEndpoints } from '../docker-target/known-endpoints.js';
import { readLive, standing } from '../docker-target/live-revision.js';
import { oneAtATime } from '../docker-target/one-at-a-time.js';
import { endpointLogs } from './endpoint-logs.js';
import { observeService } from './observe-service.js';
import { removeService } from './remove-service.js';
import { requireNode } from './require-node.js';
import { settleService } from './settle-service.js';
import { finishNext, takeRevision } from './take-revision.js';

/**
 * Endpoints as services of the swarm that an engine manages: one service each, whose tasks the swarm starts again, and
 * replaces one after the other by those of a newer revision. Clients come to a door, as for containers. The agent and its
 * root are of this target alone: what it made, the one for containers does not take for its own.
 */
export function createSwarmTarget(setting: DockerSetting): DockerTarget {
  const { engine, agent, root } = setting;
  const placeOf = (name: EndpointName) => endpointPlace(root, agent, name);
  const observe = (name: EndpointName) => observeService(engine, placeOf(name), name);
  const inTurn = oneAtATime();

  const deploy: DeploymentTarget['deploy'] = async (wanted, signal) => {
    await requireNode(engine);
    const place = placeOf(wanted);
    await finishNext(setting, place);
    if (standing(wanted, await readLive(place)) === 'newer') {
      await takeRevision(setting, place, wanted, signal);
    }
    await settleService(setting, place, wanted, signal);
    return observe(wanted);
  };

  const known = async () =>
    knownEndpoints(
      root,
      (await engine.swarm.services()).map(({ labels }) => labels),
    );

  return {
    kind: 'swarm',
    deploy: (wanted, signal) => inTurn(wanted, () => deploy(wanted, signal)),
    observe,
    list: async () => (await Promise.all((await known()).map(observe))).filter((e) => e.revision !== null),
    remove: (name) => inTurn(name, () => removeService(setting, placeOf(name), name)),
    logs: ({ project, endpoint }, lines) =>
      endpointLogs(engine, placeOf({ project, endpoint }), { project, endpoint }, lines),
    settle: async () => {
      const names = await known();
      if (names.length > 0) await requireNode(engine);
      for (const name of names) {
        await inTurn(name, async () => {
          await finishNext(setting, placeOf(name));
          await settleService(setting, placeOf(name), name);
        });
      }
    },
  };
}
