import type Docker from 'dockerode';
import { engineLabels } from '../../../domain/engine/labels.js';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { Engine } from '../../../domain/ports/engine.js';
import { ask, askUnless } from './ask-engine.js';
import { readContainer } from './read-container.js';

type NetworkKind = Parameters<Engine['ensureNetwork']>[1];

/** What the engine does with networks of ours. */
export function networkVerbs(
  docker: Docker,
  agent: string,
): Pick<Engine, 'ensureNetwork' | 'connect' | 'removeNetwork'> {
  async function ensureNetwork(name: string, kind: NetworkKind): Promise<void> {
    const found = await findNetwork(docker, name);
    const { driver, isInternal, options } = networkKinds[kind];
    const isOurs =
      found?.Labels?.[engineLabels.agent] === agent &&
      found.Internal === isInternal &&
      found.Driver === driver;
    if (found !== undefined && !isOurs) {
      throw new RatchetError(
        'ENGINE_REFUSED',
        `the network ${name} is there, and is not one of ours for ${kind}`,
      );
    }
    if (found !== undefined) return;
    const wanted = {
      Name: name,
      Driver: driver,
      Internal: isInternal,
      // A door is a container beside the swarm's own.
      Attachable: kind === 'services',
      CheckDuplicate: true,
      Labels: { [engineLabels.agent]: agent },
      Options: options,
    };
    // 409: somebody else made it meanwhile.
    await askUnless([409], `the network ${name} could not be made`, () => docker.createNetwork(wanted));
  }

  async function connect(network: string, name: string): Promise<void> {
    if ((await readContainer(docker, agent, name)) === null) {
      throw new RatchetError('NOT_FOUND', `there is no container ${name} of this agent`);
    }
    const what = `the container ${name} could not be put into ${network}`;
    const { NetworkSettings } = await ask(what, () => docker.getContainer(name).inspect());
    if (Object.hasOwn(NetworkSettings.Networks, network)) return;
    await ask(what, () => docker.getNetwork(network).connect({ Container: name }));
  }

  async function removeNetwork(name: string): Promise<void> {
    const found = await findNetwork(docker, name);
    if (found?.Labels?.[engineLabels.agent] !== agent) return;
    const what = `the network ${name} could not be removed`;
    await askUnless([404], what, () => docker.getNetwork(found.Id).remove());
  }

  return { ensureNetwork, connect, removeNetwork };
}

interface KindOfNetwork {
  readonly driver: 'bridge' | 'overlay';
  readonly isInternal: boolean;
  readonly options: Readonly<Record<string, string>>;
}

/** Containers for doors do not see one another, and nothing that leaves the host knows where to come back to. */
const networkKinds: Readonly<Record<NetworkKind, KindOfNetwork>> = {
  inside: { driver: 'bridge', isInternal: true, options: {} },
  services: { driver: 'overlay', isInternal: true, options: {} },
  doors: {
    driver: 'bridge',
    isInternal: false,
    options: {
      'com.docker.network.bridge.enable_icc': 'false',
      'com.docker.network.bridge.enable_ip_masquerade': 'false',
    },
  },
};

async function findNetwork(docker: Docker, name: string) {
  const filters = { name: [`^${name}$`] };
  const [found] = await ask('networks could not be listed', () => docker.listNetworks({ filters }));
  return found;
}
