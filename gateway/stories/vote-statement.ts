import { randomBytes } from 'node:crypto';
import type { ApprovalRecord } from '../../domain/ports/approvals.js';
import type { VoteDecision, VoteStatement } from '../../domain/signing/vote-statement.js';
import type { Caller } from '../access/caller.js';

/** A vote is stored as soon as it is signed: one that comes to the store later than this was kept for something. */
const goodForMs = 600_000;

/** What a caller's vote says, to be signed. */
export function voteStatement(
  { id, round, digests }: ApprovalRecord,
  caller: Caller,
  said: {
    readonly decision: VoteDecision;
    readonly reason: string;
    readonly onBehalfOf?: string | undefined;
  },
): VoteStatement {
  const nowMs = Date.now();
  return {
    type: 'https://ratchet.dev/vote/v1',
    approval: id,
    round,
    approver: caller.account,
    onBehalfOf: said.onBehalfOf ?? null,
    decision: said.decision,
    reason: said.reason,
    method: caller.method,
    digests,
    issuedAt: new Date(nowMs).toISOString(),
    expiresAt: new Date(nowMs + goodForMs).toISOString(),
    nonce: randomBytes(16).toString('hex'),
  };
}
