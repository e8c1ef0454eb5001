/** What is asked of the engine for one service, in the words of its API; times in nanoseconds. There are no other keys. */
export interface ServiceBody {
  readonly Name: string;
  readonly Labels: Readonly<Record<string, string>>;
  readonly TaskTemplate: {
    readonly ContainerSpec: ServiceContainer;
    readonly Resources: {
      readonly Limits: {
        readonly MemoryBytes: number;
        readonly NanoCPUs: number;
        readonly Pids: number;
      };
    };
    readonly RestartPolicy: { readonly Condition: string; readonly Delay: number };
    readonly Placement: { readonly Constraints: readonly string[] };
    readonly Networks: readonly { readonly Target: string }[];
    readonly LogDriver: { readonly Name: string; readonly Options: Readonly<Record<string, string>> };
  };
  readonly Mode: { readonly Replicated: { readonly Replicas: number } };
  readonly UpdateConfig: ServiceChange;
  readonly RollbackConfig: ServiceChange;
  readonly EndpointSpec: { readonly Mode: string };
}

interface ServiceContainer {
  readonly Image: string;
  readonly User: string;
  readonly Env: readonly string[];
  readonly Labels: Readonly<Record<string, string>>;
  readonly ReadOnly: boolean;
  readonly CapabilityDrop: readonly string[];
  /** Engines before API 1.44 do not know it, and leave it out. */
  readonly Privileges: { readonly NoNewPrivileges: boolean };
  readonly Mounts: readonly ServiceMount[];
  readonly Healthcheck: {
    readonly Test: readonly string[];
    readonly Interval: number;
    readonly Timeout: number;
    readonly StartPeriod: number;
    readonly Retries: number;
  };
  readonly StopGracePeriod: number;
}

interface ServiceMount {
  readonly Type: string;
  readonly Source?: string;
  readonly Target: string;
  readonly ReadOnly?: boolean;
  readonly TmpfsOptions?: { readonly SizeBytes: number; readonly Mode: number };
}

interface ServiceChange {
  readonly Parallelism: number;
  readonly Monitor: number;
  readonly MaxFailureRatio: number;
  readonly Order: string;
  readonly FailureAction: string;
}
