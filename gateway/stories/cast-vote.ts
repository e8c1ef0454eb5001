import { randomUUID } from 'node:crypto';
import type { z } from '@hono/zod-openapi';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { ApprovalRecord, VoteRecord } from '../../domain/ports/approvals.js';
import { payloadTypes } from '../../domain/signing/envelope.js';
import { voteSignal } from '../../workflows/messages/approvals.js';
import type { Caller } from '../access/caller.js';
import type { GatewayDeps } from '../deps.js';
import { type JudgedApproval, judgedApproval } from '../reads/judged-approval.js';
import type { castVoteSchema, voteReceiptSchema } from '../shapes/approvals.js';
import { tallyOf, tellOfVote } from './tell-of-vote.js';
import { voteStatement } from './vote-statement.js';

type Wanted = z.infer<typeof castVoteSchema>;
type Receipt = z.infer<typeof voteReceiptSchema>;

/**
 * Signs a vote for the caller, stores it, and only then tells the approval's workflow of it. The same vote again, while
 * it waits, is told of again. Errors: `VOTE_REFUSED` with the reason, which is audited; `PART_UNAVAILABLE` where it is
 * stored and nobody answers what became of it.
 */
export async function castVote(
  deps: GatewayDeps,
  caller: Caller,
  approval: ApprovalRecord,
  wanted: Wanted,
): Promise<Receipt> {
  const judged = await judgedApproval(deps, approval);
  const vote = waitingVote(judged, caller, wanted) ?? (await newVote(deps, caller, judged, wanted));
  if (wanted.deliver === 'none') return receipt(deps, judged, vote.id);
  const { status, refusal, outcome, tally } = await tellOfVote(deps, approval.id, vote.id);
  const told = tally.map((stage) => ({ ...stage }));
  return { ...receipt(deps, judged, vote.id), status, refusal, outcome, tally: told };
}

function waitingVote(
  { votes }: JudgedApproval,
  { account }: Caller,
  { decision, onBehalfOf }: Wanted,
): VoteRecord | undefined {
  return votes.find(
    (vote) =>
      vote.status === 'pending' &&
      vote.approver === account &&
      vote.decision === decision &&
      vote.onBehalfOf === (onBehalfOf ?? null),
  );
}

async function newVote(
  deps: GatewayDeps,
  caller: Caller,
  { approval, refusalOf }: JudgedApproval,
  wanted: Wanted,
): Promise<VoteRecord> {
  const statement = voteStatement(approval, caller, wanted);
  const { approver, onBehalfOf, decision, reason } = statement;
  try {
    const refusal = refusalOf(statement);
    if (refusal !== null) {
      throw new RatchetError('VOTE_REFUSED', `the vote on "${approval.id}" is not taken: ${refusal}`, {
        approval: approval.id,
      });
    }
    const envelope = await deps.signer.sign(payloadTypes.vote, statement);
    const row = { id: randomUUID(), approval: approval.id, approver, onBehalfOf, decision, reason, envelope };
    return await deps.approvals.putVote(row);
  } catch (error) {
    if (error instanceof RatchetError && error.code === 'VOTE_REFUSED') {
      const details = { decision, onBehalfOf, reason: error.message };
      const { id: subject, project } = approval;
      await deps.audit.append({ action: 'vote.not-taken', project, subject, details });
    }
    throw error;
  }
}

/** What is known without asking the workflow. */
function receipt(deps: GatewayDeps, { approval, judgement }: JudgedApproval, vote: string): Receipt {
  return {
    vote,
    approval: approval.id,
    status: 'pending',
    refusal: null,
    outcome: approval.status,
    tally: tallyOf(judgement).map((stage) => ({ ...stage })),
    signal: {
      workflowId: approval.id,
      namespace: deps.client.options.namespace,
      name: voteSignal.name,
      input: JSON.stringify(vote),
    },
  };
}
