import type { AccountRecord, MemberRecord } from '../ports/accounts.js';
import type { ApprovalRecord, DelegationRecord, VoteRecord } from '../ports/approvals.js';
import type { Verifier } from '../ports/signing.js';
import type { SigningKey } from '../signing/envelope.js';
import type { AuthorSet } from './approval.js';
import { bothSets } from './author-set.js';
import { judgeVotes } from './judge-votes.js';
import { votersOf } from './verified-vote.js';
import { verifyVotes } from './verify-votes.js';

/** What people's consent stands on, as it is stored at this moment. */
export interface Consent {
  readonly approval: ApprovalRecord;
  readonly votes: readonly VoteRecord[];
  readonly accounts: readonly AccountRecord[];
  readonly members: readonly MemberRecord[];
  readonly delegations: readonly DelegationRecord[];
  readonly keys: readonly SigningKey[];
  readonly verifier: Verifier;
  /** Who made it by what Git, the run and the members say at this moment. */
  readonly authorsNow: AuthorSet;
  readonly now: string;
}

/**
 * Why the votes of an approval do not let it in, judged again from what was signed; null where they do. Approvals are
 * those that were counted; rejections are all there are, as a rejection that was set aside is what a liar would have
 * reason for. Whoever is an author by what was written when it was opened, or by what is found at this moment, does not
 * count.
 */
export function notVotedFor({
  approval,
  votes,
  verifier,
  keys,
  accounts,
  members,
  authorsNow,
  ...given
}: Consent): string | null {
  const heard = votes.filter(({ decision, status }) => decision === 'reject' || status === 'counted');
  const verified = verifyVotes(heard, verifier, keys);
  const judged = judgeVotes({
    ...given,
    request: { ...approval, authorSet: bothSets(approval.authorSet, authorsNow) },
    votes: verified.votes,
    members: votersOf(accounts, members),
  });
  if (judged.outcome === 'approved') return null;
  const why = Object.entries({ ...verified.refusals, ...judged.refusals }).map(
    ([id, reason]) => `vote ${id}: ${reason}`,
  );
  const outcome = judged.outcome === 'rejected' ? 'reject it' : 'do not approve it';
  return [`the votes of ${approval.id} ${outcome}`, ...why.slice(0, 5)].join('; ');
}
