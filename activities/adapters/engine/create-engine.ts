import Docker from 'dockerode';
import type { SpecBounds } from '../../../domain/engine/refuse-spec.js';
import type { Engine, EngineVersion } from '../../../domain/ports/engine.js';
import { ask } from './ask-engine.js';
import { buildVerbs } from './builds.js';
import { containerVerbs } from './containers.js';
import { imageVerbs } from './images.js';
import { networkVerbs } from './networks.js';
import { serviceVerbs } from './services.js';

export interface EngineOptions extends SpecBounds {
  readonly socketPath: string;
}

/** The engine behind a socket. Whoever holds that socket holds the machine: the engine agent alone opens it. */
export function createEngine({ socketPath, ...bounds }: EngineOptions): Engine {
  const docker = new Docker({ socketPath });

  async function version(): Promise<EngineVersion> {
    const told = await ask('its version could not be read', () => docker.version());
    const components = told.Components ?? [];
    return {
      version: told.Version,
      apiVersion: told.ApiVersion,
      components: Object.fromEntries(components.map(({ Name, Version }) => [Name, Version])),
    };
  }

  return {
    version,
    ...buildVerbs(docker, bounds.agent),
    ...imageVerbs(docker, bounds.agent),
    ...containerVerbs(docker, bounds),
    ...networkVerbs(docker, bounds.agent),
    swarm: serviceVerbs(docker, bounds),
  };
}
