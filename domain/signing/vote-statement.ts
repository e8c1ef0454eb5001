/** What an approval is about: digests by part. Equal digests mean exactly these bytes. */
export interface SubjectDigests {
  readonly model?: string;
  readonly dataset?: string;
  readonly evaluation?: string;
  readonly purpose?: string;
  readonly policy: string;
  /** Of a change of members, roles, sources or policies. */
  readonly change?: string;
}

export const voteDecisions = ['approve', 'reject'] as const;
export type VoteDecision = (typeof voteDecisions)[number];

/** What a vote says, as it is signed: canonical JSON of this is the payload. */
export interface VoteStatement {
  readonly type: 'https://ratchet.dev/vote/v1';
  readonly approval: string;
  readonly round: number;
  readonly approver: string;
  /** Of whom the approver votes on behalf; null for their own vote. */
  readonly onBehalfOf: string | null;
  readonly decision: VoteDecision;
  readonly reason: string;
  /** How they signed in. */
  readonly method: string;
  readonly digests: SubjectDigests;
  readonly issuedAt: string;
  readonly expiresAt: string;
  readonly nonce: string;
}
