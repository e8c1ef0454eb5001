import type { ApprovalStage, ApprovalStatus } from '../approvals/approval.js';
import type { ApprovalProgress } from '../approvals/next-approval-step.js';

/** Waits for people. The row of the approval is opened before; its id is the id of the workflow. */
export interface RequestApprovalInput {
  readonly project: string;
  /** For lists; null for a change of the project. */
  readonly model: string | null;
  readonly subject: string;
  readonly round: number;
  readonly stages: readonly ApprovalStage[];
  /** Length of a history at which it continues in a new one. Default: 4,000. */
  readonly continueAfterEvents?: number;
  /** What the history before handed on. */
  readonly state?: ApprovalState;
}

/** All that a waiting approval keeps: plain, bounded, the same after a trip through JSON. */
export interface ApprovalState extends Omit<ApprovalProgress, 'stages'> {
  /** Ids that signals brought and nobody looked up yet; at most `mostWaiting`. */
  readonly waiting: readonly string[];
  /** Something may have happened: look, also without an id. */
  readonly look: boolean;
  readonly withdrawn: Withdrawal | null;
  readonly tally: ApprovalTally;
  /** Signals that were no ids, or came when too many waited. */
  readonly dropped: number;
}

/** Ids that wait to be looked up. More are dropped: rows are claimed from the store, with or without their ids. */
export const mostWaiting = 100;

export interface Withdrawal {
  /** By the word of the message alone. */
  readonly by: string;
  readonly reason: string;
}

export interface ApprovalEnd {
  readonly status: Exclude<ApprovalStatus, 'open'>;
  readonly reason: string;
}

/** How far each stage is, in numbers. */
export type ApprovalTally = readonly {
  readonly stage: string;
  readonly quorum: number;
  readonly approvals: number;
  readonly rejections: number;
}[];

/** What became of a vote. */
export interface VoteAnswer {
  readonly vote: string;
  readonly status: 'counted' | 'refused';
  /** Why it was refused, in words for its voter. */
  readonly refusal: string | null;
  readonly outcome: ApprovalStatus;
  readonly tally: ApprovalTally;
}

/** What the `status` query gives: for looking into a workflow; people read the row. */
export interface ApprovalView {
  readonly status: ApprovalStatus;
  readonly reason: string;
  readonly stage: string | null;
  readonly stageOpenedAt: string;
  readonly reminded: number;
  readonly escalated: boolean;
  readonly tally: ApprovalTally;
  readonly dropped: number;
}

/** What the store of votes and the rows in force say. */
export interface SettleVotesInput {
  readonly approval: string;
  /** Ids whose voters wait for an answer, and ids that signals brought. */
  readonly updates: readonly string[];
  readonly signals: readonly string[];
}

export interface SettledVotes {
  readonly outcome: ApprovalStatus;
  readonly reason: string;
  readonly stage: number;
  readonly stageOpenedAt: string;
  readonly tally: ApprovalTally;
  /** For the ids of updates. */
  readonly answers: Readonly<Record<string, Pick<VoteAnswer, 'status' | 'refusal'>>>;
  /** How many rows were settled; 0 where there was only noise. */
  readonly settled: number;
  /** More rows wait. */
  readonly more: boolean;
}

/** What voters are told. */
export interface TellVotersInput {
  readonly approval: string;
  readonly stage: number;
  readonly occasion: 'asked' | 'reminder' | 'escalation';
  /** Which reminder of the stage it is. Default: 0, for what is said once. */
  readonly reminded?: number;
}
