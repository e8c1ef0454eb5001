import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { AccountRecord, MemberRecord } from '../../../domain/ports/accounts.js';
import type { ApprovalRecord, DelegationRecord, VoteRecord } from '../../../domain/ports/approvals.js';
import type { StageMove } from '../../../domain/ports/champions.js';
import type { DatasetManifest, DatasetRecord } from '../../../domain/ports/datasets.js';
import type { EvaluationRecord, ModelVersionRecord } from '../../../domain/ports/models.js';
import type { PolicyRecord, PolicyVerdictRecord } from '../../../domain/ports/policies.js';
import type { ProjectRecord } from '../../../domain/ports/projects.js';
import type { RunRecord, StepRecord } from '../../../domain/ports/runs.js';
import type { Hold } from '../../../domain/ports/trigger-events.js';
import type { SigningKey } from '../../../domain/signing/envelope.js';
import type { TriggerEvent } from '../../../domain/triggers/trigger-event.js';

/** A step's row, and the fence of the attempt that holds it. */
export interface StoredStep {
  readonly runId: string;
  readonly fence: number;
  /** What attempts before it used. */
  readonly earlierMs: number;
  readonly scheduledAt: string | undefined;
  readonly row: StepRecord;
}

/** What an attempt left for later ones. */
export interface StoredResult {
  readonly runId: string;
  readonly name: string;
  readonly inputs: StepRecord['inputs'];
  readonly json: string;
}

/** What the stores of one place hold. Every record is replaced, none is changed; all order is that of insertion. */
export interface MemoryState {
  readonly projects: Map<string, ProjectRecord>;
  /** Names of `projects`, for stores that only ask whether there is one. */
  readonly projectNames: string[];
  readonly runs: Map<string, RunRecord>;
  /** When runs started by the clock of the lines. */
  readonly runClocks: Map<string, string>;
  /** By run and name. */
  readonly steps: Map<string, StoredStep>;
  /** Oldest first. */
  readonly results: StoredResult[];
  /** By run. */
  readonly scores: Map<string, Readonly<Record<string, number>>>;
  /** Oldest first. */
  readonly datasets: { readonly record: DatasetRecord; readonly views: DatasetManifest['features'] }[];
  readonly evaluations: Map<string, EvaluationRecord>;
  /** Oldest first; their aliases follow from `moves`. */
  readonly versions: ModelVersionRecord[];
  /** Oldest first. */
  readonly moves: StageMove[];
  readonly accounts: Map<string, AccountRecord>;
  readonly members: MemberRecord[];
  readonly approvals: Map<string, ApprovalRecord>;
  /** Approvals that have put their change in force. */
  readonly applied: Set<string>;
  /** By id, in the order they came. */
  readonly votes: Map<string, VoteRecord>;
  readonly delegations: Map<string, DelegationRecord>;
  readonly policies: PolicyRecord[];
  /** Oldest first. */
  readonly policyVerdicts: PolicyVerdictRecord[];
  readonly signingKeys: Map<string, SigningKey>;
  /** By id, in the order they came. */
  readonly triggerEvents: Map<string, TriggerEvent>;
  /** By project and model. */
  readonly holds: Map<string, Hold>;
  /** When a person last stopped an announced run, by project and model. */
  readonly vetoes: Map<string, string>;
}

export function createMemoryState(): MemoryState {
  return {
    projects: new Map(),
    projectNames: [],
    runs: new Map(),
    runClocks: new Map(),
    steps: new Map(),
    results: [],
    scores: new Map(),
    datasets: [],
    evaluations: new Map(),
    versions: [],
    moves: [],
    accounts: new Map(),
    members: [],
    approvals: new Map(),
    applied: new Set(),
    votes: new Map(),
    delegations: new Map(),
    policies: [],
    policyVerdicts: [],
    signingKeys: new Map(),
    triggerEvents: new Map(),
    holds: new Map(),
    vetoes: new Map(),
  };
}

export function now(): string {
  return new Date().toISOString();
}

/** As the database keeps it: no NUL, and no half of a pair. */
export function storable(text: string | null): string | null {
  return text === null ? null : text.replaceAll(/\0|\p{Surrogate}/gu, '\uFFFD');
}

export function requireProject(state: MemoryState, name: string): ProjectRecord {
  const found = state.projects.get(name);
  if (found) return found;
  throw new RatchetError('PROJECT_NOT_FOUND', `there is no project "${name}"`, { project: name });
}

export function requireRun(state: MemoryState, id: string): RunRecord {
  const found = state.runs.get(id);
  if (found) return found;
  throw new RatchetError('RUN_NOT_FOUND', `there is no run "${id}"`, { runId: id });
}

export function isOpen(status: string): boolean {
  return status === 'running' || status === 'waiting';
}
