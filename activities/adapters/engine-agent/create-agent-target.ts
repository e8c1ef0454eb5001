import type {
  DeploymentTarget,
  EndpointName,
  WantedRevision,
} from '../../../domain/ports/deployment-target.js';
import type { EngineAgent } from './create-engine-agent.js';

export interface AgentTargetSetting {
  readonly engine: EngineAgent;
  /** Refuses what may not be run. Error: `IMAGE_REFUSED`. */
  readonly proveImage: (wanted: WantedRevision) => Promise<void>;
}

/** Endpoints as containers, by the agent that alone holds the engine's socket. Nothing is deployed that is not proven first. */
export function createAgentTarget({ engine, proveImage }: AgentTargetSetting): DeploymentTarget {
  return {
    kind: 'docker',
    async deploy(wanted, signal) {
      await proveImage(wanted);
      // The same revision is deployed again as a newer one, which is another request.
      const key = `${keyOf(wanted)}/${wanted.revision}/${wanted.ordinal}`;
      return engine.ask('deployContainers', { key, signal }, wanted);
    },
    observe: (name) => engine.ask('observeContainers', { key: keyOf(name) }, nameOf(name)),
    list: () => engine.ask('listContainers', { key: 'all' }),
    remove: (name, signal) => engine.ask('removeContainers', { key: keyOf(name), signal }, nameOf(name)),
    logs: (name, lines) =>
      engine.ask('containerLogs', { key: `${keyOf(name)}/${lines}` }, { ...nameOf(name), lines }),
  };
}

const keyOf = ({ project, endpoint }: EndpointName) => `${project}/${endpoint}`;
const nameOf = ({ project, endpoint }: EndpointName): EndpointName => ({ project, endpoint });
