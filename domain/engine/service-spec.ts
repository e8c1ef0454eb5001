import { containerUser, type WantedContainer } from './container-spec.js';
import type { ServiceBody } from './service-body.js';

/** What a service of ours is wanted to be: so many containers alike, which one node keeps running. */
export interface WantedService
  extends Pick<WantedContainer, 'image' | 'labels' | 'env' | 'reads' | 'scratch' | 'limits'> {
  /** Tasks find one another there, and nothing leaves it. */
  readonly network: `ratchet-${string}`;
  /** Id of the node that has the files. */
  readonly node: string;
  readonly replicas: number;
  /** Program with its arguments; ends with 0 where the container is well. */
  readonly healthCheck: readonly string[];
  /** How long a container may take until it is well. */
  readonly readyWithinMs: number;
  /** How long one that ends may finish what it began. */
  readonly drainMs: number;
  readonly pace: ServicePace;
}

/** How soon a swarm knows of a container how it is. */
export interface ServicePace {
  /** Between two health checks. */
  readonly checkEveryMs: number;
  /** After it was well: one that ends within this time has failed, and the service goes back. */
  readonly watchedMs: number;
}

/** A check starts a program in the container: more often costs more than it tells. */
export const usualPace: ServicePace = { checkEveryMs: 5000, watchedMs: 5000 };

const nanosPerCpu = 1e9;
const nanosPerMs = 1e6;
const checkWithinMs = 10_000;
const restartDelayMs = 1000;
/** Rounds in which a service takes another content at most. */
export const mostRounds = 4;

const logs = { Name: 'json-file', Options: { 'max-size': '10m', 'max-file': '2' } } as const;

/** Whether an engine of this version keeps to `no-new-privileges` for services; older ones leave it out. */
export function confinesServices({ apiVersion }: { readonly apiVersion: string }): boolean {
  const [major = 0, minor = 0] = apiVersion.split('.').map(Number);
  return major > 1 || minor >= 44;
}

/** The request for a service: confined as a container of ours is, and going back by itself where its content is not well. */
export function serviceSpec(name: string, wanted: WantedService): ServiceBody {
  const change = {
    Parallelism: Math.ceil(wanted.replicas / mostRounds),
    Monitor: wanted.pace.watchedMs * nanosPerMs,
    MaxFailureRatio: 0,
    Order: 'start-first',
  };
  return {
    Name: name,
    Labels: wanted.labels,
    TaskTemplate: {
      ContainerSpec: containerOf(wanted),
      Resources: { Limits: limitsOf(wanted) },
      RestartPolicy: { Condition: 'any', Delay: restartDelayMs * nanosPerMs },
      Placement: { Constraints: [`node.id==${wanted.node}`] },
      Networks: [{ Target: wanted.network }],
      LogDriver: logs,
    },
    Mode: { Replicated: { Replicas: wanted.replicas } },
    UpdateConfig: { ...change, FailureAction: 'rollback' },
    RollbackConfig: { ...change, FailureAction: 'pause' },
    // A virtual address would need a module of the kernel; clients come by the door, which asks for all addresses.
    EndpointSpec: { Mode: 'dnsrr' },
  };
}

function containerOf(wanted: WantedService): ServiceBody['TaskTemplate']['ContainerSpec'] {
  return {
    Image: wanted.image,
    User: containerUser,
    Env: Object.entries(wanted.env).map(([name, value]) => `${name}=${value}`),
    Labels: wanted.labels,
    ReadOnly: true,
    CapabilityDrop: ['ALL'],
    Privileges: { NoNewPrivileges: true },
    Mounts: [
      ...wanted.reads.map(({ source, target }) => ({
        Type: 'bind',
        Source: source,
        Target: target,
        ReadOnly: true,
      })),
      ...wanted.scratch.map(({ target, bytes }) => ({
        Type: 'tmpfs',
        Target: target,
        TmpfsOptions: { SizeBytes: bytes, Mode: 0o1777 },
      })),
    ],
    Healthcheck: {
      Test: ['CMD', ...wanted.healthCheck],
      Interval: wanted.pace.checkEveryMs * nanosPerMs,
      Timeout: checkWithinMs * nanosPerMs,
      StartPeriod: wanted.readyWithinMs * nanosPerMs,
      Retries: 3,
    },
    StopGracePeriod: wanted.drainMs * nanosPerMs,
  };
}

const limitsOf = ({ limits: { memoryBytes, cpus, processes } }: WantedService) => ({
  MemoryBytes: memoryBytes,
  NanoCPUs: Math.round(cpus * nanosPerCpu),
  Pids: processes,
});
