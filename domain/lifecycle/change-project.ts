import type { ApprovalRequest, ApprovalStatus } from '../approvals/approval.js';

/** Asks people about members, changes, sources and policies of one commit, and puts them in force. */
export interface ChangeProjectInput {
  readonly approval: string;
  /** As its row has it. */
  readonly request: Pick<ApprovalRequest, 'project' | 'subject' | 'round' | 'stages'>;
}

export interface ChangeProjectResult {
  /** The end of an approval that did not approve is the end of the change too. */
  readonly status: 'in-force' | 'refused' | Exclude<ApprovalStatus, 'open' | 'approved'>;
  readonly reason: string;
}

/** What became of an approved change. */
export interface PutChange extends ChangeProjectResult {
  readonly status: 'in-force' | 'refused';
  /** Approvals that look again. */
  readonly wakes: readonly string[];
}
