import type Docker from 'dockerode';
import { engineLabels } from '../../../domain/engine/labels.js';
import { refuseService } from '../../../domain/engine/refuse-service.js';
import type { SpecBounds } from '../../../domain/engine/refuse-spec.js';
import { serviceSpec, type WantedService } from '../../../domain/engine/service-spec.js';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { Swarm } from '../../../domain/ports/swarm.js';
import { ask, askUnless } from './ask-engine.js';
import { changeService } from './change-service.js';
import { findService, findServices, findTasks } from './find-services.js';
import { followedReads } from './followed-reads.js';
import { readService, readTask } from './read-service.js';

/** What the engine does with services of ours, where it manages a swarm. */
export function serviceVerbs(docker: Docker, bounds: SpecBounds): Swarm {
  const { agent } = bounds;
  const find = (name: string) => findService(docker, agent, name);

  async function apply(name: string, wanted: WantedService): Promise<void> {
    const labels = { ...wanted.labels, [engineLabels.agent]: agent };
    const spec = serviceSpec(name, { ...wanted, labels, reads: await followedReads(wanted.reads) });
    const refused = refuseService(spec, bounds);
    if (refused.length > 0) throw new RatchetError('ENGINE_REFUSED', refused.join('; '), { refused });
    if ((await find(name)) !== null) return changeService(docker, agent, name, { content: spec });
    const request = spec as unknown as Docker.CreateServiceOptions;
    await ask(`the service ${name} could not be made`, () => docker.createService(request));
  }

  async function removeService(name: string): Promise<void> {
    const there = await find(name);
    if (there === null) return;
    const what = `the service ${name} could not be removed`;
    await askUnless([404], what, () => docker.getService(there.ID).remove());
  }

  return {
    node: () => readNode(docker),
    services: async () => (await findServices(docker, agent)).map(readService),
    service: async (name) => {
      const there = await find(name);
      return there === null ? null : readService(there);
    },
    apply,
    goBack: (name) => changeService(docker, agent, name, { query: { rollback: 'previous' } }),
    tasks: async (name) => {
      const there = await find(name);
      const found = there === null ? [] : await findTasks(docker, there);
      return found.map(readTask).toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
    },
    removeService,
  };
}

async function readNode(docker: Docker): Promise<string | null> {
  const { Swarm: told } = (await ask('the swarm could not be read', () => docker.info())) as {
    readonly Swarm?: { readonly NodeID?: string; readonly ControlAvailable?: boolean };
  };
  return told?.ControlAvailable === true && told.NodeID ? told.NodeID : null;
}
