import type { Role } from '../access/roles.js';
import type { ApprovalExhibits, ApprovalRequest, ApprovalStatus } from '../approvals/approval.js';
import type { Envelope } from '../signing/envelope.js';
import type { VoteDecision } from '../signing/vote-statement.js';

export interface ApprovalRecord extends ApprovalRequest {
  readonly id: string;
  /** Empty for rows of before they were kept. */
  readonly exhibits: ApprovalExhibits;
  readonly status: ApprovalStatus;
  readonly reason: string | null;
  /** Index of the stage that is open; the number of stages once all are done. */
  readonly stage: number;
  readonly stageOpenedAt: string;
  readonly openedAt: string;
  readonly endedAt: string | null;
}

export const voteChannels = ['update', 'signal'] as const;
export type VoteChannel = (typeof voteChannels)[number];

/** A vote as it lies in the store. Stored first; counted, or refused with its reason, by the approval's workflow. */
export interface VoteRecord {
  readonly id: string;
  readonly approval: string;
  readonly approver: string;
  readonly onBehalfOf: string | null;
  readonly decision: VoteDecision;
  readonly reason: string;
  readonly envelope: Envelope;
  readonly status: 'pending' | 'counted' | 'refused';
  /** Why it was refused. */
  readonly refusal: string | null;
  /** Stage it was counted in. */
  readonly stage: number | null;
  readonly channel: VoteChannel | null;
  /** By the database's clock. */
  readonly castAt: string;
}

/** Somebody else votes in a person's place, for a time. */
export interface DelegationRecord {
  readonly id: string;
  readonly project: string;
  readonly from: string;
  readonly to: string;
  readonly role: Role;
  readonly until: string;
  readonly createdAt: string;
  readonly endedAt: string | null;
}

export interface ApprovalFilter {
  readonly project?: string;
  /** Only of these; also where `project` names one. */
  readonly projects?: readonly string[];
  readonly status?: ApprovalStatus;
  readonly kind?: ApprovalRequest['kind'];
  /** 1 to 200, default 50. */
  readonly limit?: number;
  readonly after?: string;
}

export interface ApprovalStore {
  /** Idempotent by id. Error: `CONFLICT` where the id has other digests. */
  open(request: ApprovalRequest): Promise<ApprovalRecord>;
  /** Error: `APPROVAL_NOT_FOUND`. */
  get(id: string): Promise<ApprovalRecord>;
  /** Newest first. */
  list(
    filter: ApprovalFilter,
  ): Promise<{ readonly approvals: readonly ApprovalRecord[]; readonly next: string | null }>;
  /** The newest round of a subject. */
  latest(project: string, subject: string): Promise<ApprovalRecord | undefined>;
  /** The next stage begins; idempotent. */
  enterStage(id: string, stage: number): Promise<ApprovalRecord>;
  /** An ended approval keeps its end. */
  end(id: string, status: Exclude<ApprovalStatus, 'open'>, reason: string): Promise<ApprovalRecord>;

  /**
   * Stores a vote before anybody is told of it. One an approver and approval that is not refused: error
   * `VOTE_REFUSED` for a second one, for more than five that wait, for a closed approval, for more than 8 KiB.
   */
  putVote(
    vote: Pick<
      VoteRecord,
      'id' | 'approval' | 'approver' | 'onBehalfOf' | 'decision' | 'reason' | 'envelope'
    >,
  ): Promise<VoteRecord>;
  vote(id: string): Promise<VoteRecord | undefined>;
  votes(approval: string): Promise<readonly VoteRecord[]>;
  /** Pending ones, oldest first, at most `limit`. */
  pendingVotes(approval: string, limit: number): Promise<readonly VoteRecord[]>;
  /** What the workflow found: idempotent, a vote is settled once. */
  settleVote(
    id: string,
    settled: {
      readonly status: 'counted' | 'refused';
      readonly refusal: string | null;
      readonly stage: number | null;
      readonly channel: VoteChannel;
    },
  ): Promise<VoteRecord>;

  delegate(
    delegation: Pick<DelegationRecord, 'id' | 'project' | 'from' | 'to' | 'role' | 'until'>,
  ): Promise<DelegationRecord>;
  delegations(project: string): Promise<readonly DelegationRecord[]>;
  endDelegation(id: string): Promise<void>;
}
