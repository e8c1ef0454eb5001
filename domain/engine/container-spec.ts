import type { ContainerBody } from './container-body.js';

/** What a container of ours is wanted to be; how it is confined is not to be chosen. */
export interface WantedContainer {
  /** By digest. */
  readonly image: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  /** Default: what the image says. */
  readonly command?: readonly string[];
  /** Files and folders of the agent's root, to be read. */
  readonly reads: readonly { readonly source: string; readonly target: string }[];
  /** Folders in memory, to be written. */
  readonly scratch: readonly { readonly target: string; readonly bytes: number }[];
  readonly network: ContainerNetwork;
  /** Ports that the host answers at on loopback; 0 on the host picks a free one. */
  readonly publish?: readonly { readonly containerPort: number; readonly hostPort: number }[];
  readonly limits: ContainerLimits;
  /** Whether the engine starts it again when it has ended by itself. */
  readonly isKept: boolean;
}

export interface ContainerLimits {
  readonly memoryBytes: number;
  readonly cpus: number;
  readonly processes: number;
}

/** `none`, or a network of ours that leads nowhere but to the host. */
export type ContainerNetwork = 'none' | `ratchet-${string}`;

/** Of the one user that our images know. */
export const containerUser = '10001:10001';

const nanosPerCpu = 1e9;
const logs = { Type: 'json-file', Config: { 'max-size': '10m', 'max-file': '2' } } as const;

/** The request for a container: no capability, no new privileges, a root that cannot be written, limits on everything. */
export function containerSpec(wanted: WantedContainer): ContainerBody {
  const { memoryBytes, cpus, processes } = wanted.limits;
  const publish = wanted.publish ?? [];
  const ports = publish.map(({ containerPort }) => [`${containerPort}/tcp`, {}] as const);
  const bindings = publish.map(
    ({ containerPort, hostPort }) =>
      [
        `${containerPort}/tcp`,
        [{ HostIp: '127.0.0.1', HostPort: hostPort === 0 ? '' : `${hostPort}` }],
      ] as const,
  );
  return {
    Image: wanted.image,
    User: containerUser,
    ...(wanted.command === undefined ? {} : { Cmd: wanted.command }),
    Env: Object.entries(wanted.env).map(([name, value]) => `${name}=${value}`),
    Labels: wanted.labels,
    ...(publish.length === 0 ? {} : { ExposedPorts: Object.fromEntries(ports) }),
    HostConfig: {
      NetworkMode: wanted.network,
      ...(publish.length === 0 ? {} : { PortBindings: Object.fromEntries(bindings) }),
      ReadonlyRootfs: true,
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      PidsLimit: processes,
      Memory: memoryBytes,
      MemorySwap: memoryBytes,
      NanoCpus: Math.round(cpus * nanosPerCpu),
      Tmpfs: Object.fromEntries(wanted.scratch.map(({ target, bytes }) => [target, scratchOptions(bytes)])),
      Mounts: wanted.reads.map(({ source, target }) => ({
        Type: 'bind',
        Source: source,
        Target: target,
        ReadOnly: true,
      })),
      RestartPolicy: { Name: wanted.isKept ? 'unless-stopped' : 'no' },
      LogConfig: logs,
    },
  };
}

const scratchOptions = (bytes: number) => `rw,noexec,nosuid,nodev,size=${bytes},mode=1777`;
