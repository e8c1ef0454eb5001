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

/** What the agent is asked, where an endpoint is in containers of its engine or a service of its swarm. */
const verbs = {
  docker: {
    deploy: 'deployContainers',
    observe: 'observeContainers',
    list: 'listContainers',
    remove: 'removeContainers',
    logs: 'containerLogs',
  },
  swarm: {
    deploy: 'deployService',
    observe: 'observeService',
    list: 'listServices',
    remove: 'removeService',
    logs: 'serviceLogs',
  },
} as const;

/** Endpoints by the agent that alone holds the engine's socket. Nothing is deployed that is not proven first. */
export function createAgentTarget(
  { engine, proveImage }: AgentTargetSetting,
  kind: keyof typeof verbs = 'docker',
): DeploymentTarget {
  const verb = verbs[kind];
  return {
    kind,
    async deploy(wanted, signal) {
      await proveImage(wanted);
      // The same revision is deployed again as a newer one, which is another request.
      const key = `${keyOf(wanted)}/${wanted.revision}/${wanted.ordinal}`;
      return engine.ask(verb.deploy, { key, signal }, wanted);
    },
    observe: (name) => engine.ask(verb.observe, { key: keyOf(name) }, nameOf(name)),
    list: () => engine.ask(verb.list, { key: 'all' }),
    remove: (name, signal) => engine.ask(verb.remove, { key: keyOf(name), signal }, nameOf(name)),
    logs: (name, lines) =>
      engine.ask(verb.logs, { key: `${keyOf(name)}/${lines}` }, { ...nameOf(name), lines }),
  };
}

const keyOf = ({ project, endpoint }: EndpointName) => `${project}/${endpoint}`;
const nameOf = ({ project, endpoint }: EndpointName): EndpointName => ({ project, endpoint });
