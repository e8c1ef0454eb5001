import type { ManifestModel } from '../serving/manifest.js';
import type { RecordRules } from '../serving/record-rules.js';
import type { BlobRef } from './blobs.js';

/** Where an endpoint runs: on this machine as processes, in containers of one engine, or as a service of a swarm. */
export const targetKinds = ['process', 'docker', 'swarm'] as const;
export type TargetKind = (typeof targetKinds)[number];

/** An endpoint by the project that declares it and its name there. */
export interface EndpointName {
  readonly project: string;
  readonly endpoint: string;
}

/** A state of an endpoint that somebody wants. Complete: nothing is looked up to reach it. */
export interface WantedRevision extends EndpointName {
  /** Id of the revision; the same id always means the same content. */
  readonly revision: string;
  /** Rises with every revision of the endpoint: an older one never replaces a newer. */
  readonly ordinal: number;
  readonly models: readonly ManifestModel[];
  readonly defaultModel: string | null;
  /** The built serving application; null for the stock one. */
  readonly application: BlobRef | null;
  /** What a target of containers runs; null for processes. */
  readonly image: ImageRef | null;
  readonly replicas: number;
  readonly resources: { readonly cpus: number; readonly memoryMiB: number };
  readonly limits: ServingLimits;
  readonly health: { readonly readyWithinMs: number; readonly drainMs: number };
  /** Values, or `secret://<name>` to be resolved by the agent that starts the process. */
  readonly environment: Readonly<Record<string, string>>;
  /** What is recorded of requests, where that is not all of them as they come. */
  readonly record?: RecordRules;
}

/** An image by the digest under which an engine runs it. */
export interface ImageRef {
  /** `sha256:<hex>` of its manifest, or of its configuration where it was never pushed. */
  readonly digest: string;
  /** Where it can be pulled, without a tag; null for one that only the engine that built it has. */
  readonly repository: string | null;
  /** Envelopes of what is said of it, as one list; absent before they are signed. */
  readonly statements?: BlobRef;
}

/** Limits of a serving host, as its settings say them. */
export interface ServingLimits {
  readonly timeoutMs: number;
  readonly mostBatchRows: number;
  readonly mostQueuedRows: number;
  readonly mostBodyBytes: number;
}

/** Addresses that clients use; they stay the same over revisions. */
export interface EndpointAddresses {
  /** `http://<host>:<port>`. */
  readonly http: string;
  /** `<host>:<port>`. */
  readonly grpc: string;
  /** `http://<host>:<port>/metrics`. */
  readonly metrics: string;
}

export interface ObservedReplica {
  /** Such as a process or container id. */
  readonly id: string;
  readonly state: 'starting' | 'ready' | 'draining' | 'restarting' | 'failed';
  readonly restarts: number;
  /** Why it is not ready; null where it is. */
  readonly reason: string | null;
}

/** What runs of an endpoint. */
export interface ObservedEndpoint extends EndpointName {
  /** Revision that answers; null where none does. */
  readonly revision: string | null;
  readonly ordinal: number | null;
  readonly at: EndpointAddresses | null;
  readonly replicas: readonly ObservedReplica[];
}

/**
 * Brings revisions of endpoints to life. Whatever it is told last holds: it is told again after a crash, and told twice it
 * does nothing twice.
 */
export interface DeploymentTarget {
  readonly kind: TargetKind;
  /**
   * Resolves when the revision answers its health check in every replica, takes all requests, and the one before has
   * drained and ended. Errors: `DEPLOY_FAILED` where it does not become ready in time, with the end of its log: then the
   * revision before answers as if nothing had been; `CONFLICT` where a newer revision is there; `PART_UNAVAILABLE` where
   * the target's agent does not answer.
   */
  deploy(wanted: WantedRevision, signal: AbortSignal): Promise<ObservedEndpoint>;
  /** One that it never heard of has no revision. Error: `PART_UNAVAILABLE`. */
  observe(name: EndpointName): Promise<ObservedEndpoint>;
  /** All that it keeps running. */
  list(): Promise<readonly ObservedEndpoint[]>;
  /** Drains and ends it, and forgets it. Again: nothing. */
  remove(name: EndpointName, signal: AbortSignal): Promise<void>;
  /** The newest lines of its replicas, oldest first, each with the replica's id. */
  logs(name: EndpointName, lines: number): Promise<readonly string[]>;
}
