import type { VoteRecord } from '../ports/approvals.js';
import type { Verifier } from '../ports/signing.js';
import { payloadTypes, type SigningKey } from '../signing/envelope.js';
import { readVote } from './read-vote.js';
import type { VerifiedVote } from './verified-vote.js';

export interface VerifiedVotes {
  readonly votes: readonly VerifiedVote[];
  /** Why an envelope counts for nothing, by the id of the vote. */
  readonly refusals: Readonly<Record<string, string>>;
}

type StoredVote = Pick<
  VoteRecord,
  'id' | 'approval' | 'approver' | 'onBehalfOf' | 'decision' | 'envelope' | 'castAt'
>;

/**
 * The votes among stored rows whose signatures hold at the moment when the database took them. A row that says
 * something else than its envelope is refused too: somebody changed it.
 */
export function verifyVotes(
  rows: readonly StoredVote[],
  verifier: Verifier,
  keys: readonly SigningKey[],
): VerifiedVotes {
  const votes: VerifiedVote[] = [];
  const refusals: Record<string, string> = {};
  for (const row of rows) {
    const found = verified(row, verifier, keys);
    if (typeof found === 'string') refusals[row.id] = found;
    else votes.push(found);
  }
  return { votes, refusals };
}

function verified(row: StoredVote, verifier: Verifier, keys: readonly SigningKey[]): VerifiedVote | string {
  const answer = verifier.verify(row.envelope, payloadTypes.vote, keys, row.castAt);
  if (answer.kind === 'invalid') return answer.reason;
  const statement = readVote(answer.value);
  if (typeof statement === 'string') return statement;
  const differs = (['approval', 'approver', 'onBehalfOf', 'decision'] as const).filter(
    (name) => row[name] !== statement[name],
  );
  return differs.length === 0
    ? { id: row.id, statement, castAt: row.castAt }
    : `the stored row says another ${differs.join(', ')} than what was signed`;
}
