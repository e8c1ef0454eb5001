import type { RunStatus } from '../names.js';
import type { EndpointName } from './deployment-target.js';
import type { Cause, RunStore } from './runs.js';

/** What a release does: build and deploy, go back one revision, or set another number of replicas. */
export const releaseKinds = ['deploy', 'rollback', 'scale'] as const;
export type ReleaseKind = (typeof releaseKinds)[number];

/** One way of an endpoint to a new revision, from its cause to its end. */
export interface ReleaseRecord extends EndpointName {
  readonly id: string;
  readonly kind: ReleaseKind;
  readonly model: string;
  readonly status: RunStatus;
  readonly reason: string | null;
  readonly causes: readonly Cause[];
  /** Commit of the serving code; null for the stock application, and until it is resolved. */
  readonly commit: string | null;
  readonly modelVersion: number | null;
  readonly round: number;
  readonly createdAt: string;
  readonly endedAt: string | null;
}

/** The rows of steps that people see, of whatever has steps. */
export type StepLedger = Pick<
  RunStore,
  | 'steps'
  | 'beginStep'
  | 'updateStep'
  | 'endStep'
  | 'storedResult'
  | 'skipStep'
  | 'putLog'
  | 'logs'
  | 'putRefusals'
  | 'refusals'
>;

/** Releases, each with its steps; the id of a release stands where a run's does. */
export interface ReleaseStore extends StepLedger {
  /**
   * Idempotent by id. Errors: `ENDPOINT_NOT_FOUND`, and `CONFLICT` where the id belongs to another endpoint or the endpoint
   * is retired.
   */
  create(
    release: Pick<ReleaseRecord, 'id' | 'project' | 'endpoint' | 'kind' | 'causes'>,
  ): Promise<{ release: ReleaseRecord; created: boolean }>;
  /** Error: `RELEASE_NOT_FOUND`. */
  get(id: string): Promise<ReleaseRecord>;
  /** Newest first, at most 100. */
  list(filter: {
    readonly project?: string;
    readonly projects?: readonly string[];
    readonly endpoint?: string;
    readonly status?: RunStatus;
  }): Promise<readonly ReleaseRecord[]>;
  setResolved(
    id: string,
    found: { readonly commit: string | null; readonly modelVersion: number },
  ): Promise<void>;
  /** An ended release keeps its end. Open steps of one that fails, is refused or cancelled end too. */
  setStatus(id: string, status: RunStatus, reason: string | null): Promise<void>;
  /**
   * One in flight for each endpoint: null where this release may go on, or else the id of the one that is before it. A newer
   * release that waits takes the place of an older one that waits, which ends as cancelled, with that as its reason.
   * Error: `CONFLICT` where this release has ended, also so.
   */
  takeTurn(id: string): Promise<string | null>;
  /** Releases that say `running` or `waiting`. */
  open(): Promise<readonly ReleaseRecord[]>;
}
