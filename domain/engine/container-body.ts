/** What is asked of the engine for one container, in the words of its API. There are no other keys than these. */
export interface ContainerBody {
  readonly Image: string;
  readonly User: string;
  readonly Cmd?: readonly string[];
  readonly Env: readonly string[];
  readonly Labels: Readonly<Record<string, string>>;
  readonly ExposedPorts?: Readonly<Record<string, object>>;
  readonly HostConfig: {
    readonly NetworkMode: string;
    readonly PortBindings?: Readonly<
      Record<string, readonly { readonly HostIp: string; readonly HostPort: string }[]>
    >;
    readonly ReadonlyRootfs: boolean;
    readonly CapDrop: readonly string[];
    readonly SecurityOpt: readonly string[];
    readonly PidsLimit: number;
    readonly Memory: number;
    /** Equal to `Memory`: no swap beside. */
    readonly MemorySwap: number;
    readonly NanoCpus: number;
    readonly Tmpfs?: Readonly<Record<string, string>>;
    readonly Mounts?: readonly BindMount[];
    readonly RestartPolicy: { readonly Name: string };
    readonly LogConfig: { readonly Type: string; readonly Config: Readonly<Record<string, string>> };
  };
}

interface BindMount {
  readonly Type: string;
  readonly Source: string;
  readonly Target: string;
  readonly ReadOnly: boolean;
}
