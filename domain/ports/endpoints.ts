import type { EndpointConfig } from '../config/serving.js';
import type { RecordRules } from '../serving/record-rules.js';
import type { EndpointAddresses, EndpointName, WantedRevision } from './deployment-target.js';

/** What the file of the model says of an endpoint; its record rules are absent where all is kept as it comes. */
export interface DeclaredEndpoint extends EndpointConfig {
  readonly record?: RecordRules;
}

/** An endpoint as Git declares it. */
export interface EndpointRecord extends EndpointName {
  readonly model: string;
  /** As it stands in the ratchet.yaml of the model at `commit`. */
  readonly config: DeclaredEndpoint;
  /** Commit that declared it so. */
  readonly commit: string;
  /** Replicas that somebody set by hand; null for those that Git says. */
  readonly scaledTo: number | null;
  /** Set when Git does not name it any more: its revision ends. */
  readonly retiredAt: string | null;
  readonly updatedAt: string;
}

/** A revision of an endpoint that was let live, and from when to when. */
export interface RevisionRecord extends EndpointName {
  /** Id, `<release id>`. */
  readonly revision: string;
  readonly ordinal: number;
  readonly releaseId: string;
  readonly wanted: WantedRevision;
  /** Commit of the serving code; null for the stock application. */
  readonly applicationCommit: string | null;
  readonly modelVersion: number;
  readonly modelDigest: string;
  readonly imageDigest: string | null;
  readonly at: EndpointAddresses;
  /** When it began to answer. */
  readonly from: string;
  /** Null while it answers. */
  readonly until: string | null;
}

/** How long replicas were there. */
export interface ServedTime {
  /** That answered at any time of the span. */
  readonly revisions: number;
  /** Of each replica by itself, added up. */
  readonly replicaMs: number;
}

/** Endpoints, what is wanted of each, and what was live when. */
export interface EndpointStore {
  /**
   * What the ratchet.yaml of every model of the project says, in one transaction with its audit rows: new ones, changed
   * ones, and those that are gone, which become retired. A number of replicas that changes here, or an endpoint that comes
   * back, forgets what somebody set by hand. Returns the endpoints that are new or changed. Error: `PROJECT_NOT_FOUND`.
   */
  declare(
    project: string,
    commit: string,
    endpoints: readonly Pick<EndpointRecord, 'model' | 'endpoint' | 'config'>[],
    actor: string,
  ): Promise<readonly EndpointRecord[]>;
  /** Error: `ENDPOINT_NOT_FOUND`. */
  get(name: EndpointName): Promise<EndpointRecord>;
  /** Also retired ones. By project and name. */
  list(project?: string): Promise<readonly EndpointRecord[]>;
  /** Those that follow an alias of the model, not retired. */
  following(project: string, model: string): Promise<readonly EndpointRecord[]>;
  /** Null: as Git says. With an audit row. Error: `ENDPOINT_NOT_FOUND`. */
  scale(name: EndpointName, replicas: number | null, actor: string): Promise<EndpointRecord>;

  /**
   * The revision that is wanted from here on; written before a target is told, so that an agent that lost everything can be
   * told again. Nothing changes where the revision is wanted already. Errors: `CONFLICT` where as new an ordinal is wanted,
   * `ENDPOINT_NOT_FOUND`, `RELEASE_NOT_FOUND`.
   */
  want(wanted: WantedRevision, releaseId: string): Promise<void>;
  /** What is wanted; undefined before the first. */
  wanted(name: EndpointName): Promise<WantedRevision | undefined>;
  /** Every endpoint's wanted revision that is not retired: what agents are brought to. */
  allWanted(): Promise<readonly WantedRevision[]>;
  /** The next ordinal of the endpoint, from 1. */
  nextOrdinal(name: EndpointName): Promise<number>;

  /**
   * It answers from `from` on, or from when the one before began where that is later; the one before ends at that moment.
   * With an audit row. Idempotent by revision. Errors: `ENDPOINT_NOT_FOUND`, `RELEASE_NOT_FOUND`.
   */
  recordLive(revision: Omit<RevisionRecord, 'until'>, actor: string): Promise<RevisionRecord>;
  /** Nothing answers any more. */
  recordEnded(name: EndpointName, until: string, actor: string): Promise<void>;
  /** Newest first, at most 100. */
  revisions(name: EndpointName): Promise<readonly RevisionRecord[]>;
  /** Undefined where nothing was live. */
  liveAt(name: EndpointName, at: string): Promise<RevisionRecord | undefined>;
  /** Of all revisions in a span of time; one that answers counts till now. */
  servedTime(name: EndpointName, span: { readonly from: string; readonly to: string }): Promise<ServedTime>;
}
