import type { Role } from '../access/roles.js';
import { workflowIds } from '../names.js';
import type { BlobRef } from '../ports/blobs.js';
import type { SubjectDigests } from '../signing/vote-statement.js';

/** One stage of an approval: so many people of a role. Stages come one after the other. */
export interface ApprovalStage {
  readonly name: string;
  readonly role: Role;
  /** How many approvals it takes. */
  readonly quorum: number;
  /** Whether a single rejection ends it. */
  readonly veto: boolean;
  /** How long after its beginning the stage is over. */
  readonly expireMs: number;
  /** Reminders, from the stage's beginning; null for none. */
  readonly remindMs: number | null;
  /** After this another role may vote in the stage too. */
  readonly escalate: { readonly afterMs: number; readonly role: Role } | null;
}

export const approvalStatuses = [
  'open',
  'approved',
  'rejected',
  'expired',
  'withdrawn',
  'void',
  'superseded',
] as const;
export type ApprovalStatus = (typeof approvalStatuses)[number];

/** Who made what is to be approved, and may therefore not vote on it. */
export interface AuthorSet {
  /** Accounts, sorted, with why each is in it. */
  readonly authors: readonly { readonly account: string; readonly why: readonly string[] }[];
  /** Git identities of no member: their presence makes the run machine-started. */
  readonly strangers: readonly string[];
  /** Started by a schedule, data, an alarm, a machine account, or from a commit of no member. */
  readonly machineStarted: boolean;
}

/** What a reviewer is shown of Git, kept when people are asked. What is not there was not kept, or is not of the kind. */
export interface ApprovalExhibits {
  /** Of a change: the commit and its parts that are in force. Its digest is `digests.policy`. */
  readonly inForce?: BlobRef;
  /** Of a change: the parts as its commit has them. Its digest is `digests.change`. */
  readonly wanted?: BlobRef;
  /** Of a promotion that follows a champion: `CodeChanges`. */
  readonly code?: BlobRef;
}

/** What is to be approved, in which stages. Everything here is fixed when it is opened. */
export interface ApprovalRequest {
  readonly project: string;
  readonly kind: 'promotion' | 'change';
  /** `<model>@<version>` or `change@<commit>`. */
  readonly subject: string;
  /** 1, 2 ...: a subject whose digests changed gets a new round. */
  readonly round: number;
  readonly digests: SubjectDigests;
  readonly stages: readonly ApprovalStage[];
  readonly authorSet: AuthorSet;
  /** Who or what asked for it. */
  readonly requestedBy: string;
  readonly exhibits?: ApprovalExhibits;
}

/** `approval/<project>/<subject>/<round>`: also the id of its workflow. */
export function approvalId(request: Pick<ApprovalRequest, 'project' | 'subject' | 'round'>): string {
  return workflowIds.requestApproval(request.project, request.subject, request.round);
}
