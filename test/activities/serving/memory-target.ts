import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type {
  DeploymentTarget,
  EndpointAddresses,
  EndpointName,
  ObservedEndpoint,
  TargetKind,
  WantedRevision,
} from '../../../domain/ports/deployment-target.js';

const keyOf = ({ project, endpoint }: EndpointName) => `${project}/${endpoint}`;

/** A target that only remembers what it was told. Its endpoints are at one address, where a test may answer. */
export class MemoryTarget implements DeploymentTarget {
  /** Revisions that never become ready. */
  readonly broken = new Set<string>();
  /** Whether the replicas ended and stay so, until they are deployed again. */
  hasFailed = false;
  /** Revisions that were started, in order. */
  readonly started: string[] = [];
  readonly #wanted = new Map<string, WantedRevision>();

  readonly kind: TargetKind;
  readonly #at: EndpointAddresses;

  constructor(kind: TargetKind, at: EndpointAddresses) {
    this.kind = kind;
    this.#at = at;
  }

  async deploy(wanted: WantedRevision): Promise<ObservedEndpoint> {
    const before = this.#wanted.get(keyOf(wanted));
    if (before !== undefined && before.ordinal > wanted.ordinal) {
      throw new RatchetError('CONFLICT', `revision ${before.ordinal} is newer than ${wanted.ordinal}`);
    }
    if (before?.revision !== wanted.revision) {
      this.started.push(wanted.revision);
      if (this.broken.has(wanted.revision))
        throw new RatchetError('DEPLOY_FAILED', 'it was not ready in time');
    }
    this.#wanted.set(keyOf(wanted), wanted);
    this.hasFailed = false;
    return this.observe(wanted);
  }

  async observe({ project, endpoint }: EndpointName): Promise<ObservedEndpoint> {
    const wanted = this.#wanted.get(keyOf({ project, endpoint }));
    const { revision, ordinal } = wanted ?? { revision: null, ordinal: null };
    const replicas = Array.from({ length: wanted?.replicas ?? 0 }, (_, id) => ({
      id: String(id),
      state: this.hasFailed ? ('failed' as const) : ('ready' as const),
      restarts: 0,
      reason: null,
    }));
    return { project, endpoint, revision, ordinal, at: wanted ? this.#at : null, replicas };
  }

  async list(): Promise<readonly ObservedEndpoint[]> {
    return Promise.all([...this.#wanted.values()].map((wanted) => this.observe(wanted)));
  }

  async remove(name: EndpointName): Promise<void> {
    this.#wanted.delete(keyOf(name));
  }

  async logs(): Promise<readonly string[]> {
    return [];
  }
}
