import { and, asc, eq, sql } from 'drizzle-orm';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import type { ApprovalStore, VoteRecord } from '../domain/ports/approvals.js';
import type { Database, ReadSession, Session } from './client.js';
import { explained } from './constraints.js';
import { onlyRow } from './only-row.js';
import { approvals, votes } from './schema/approvals.js';
import { storableText, storableTextOrNull } from './storable-text.js';

type Votes = Pick<ApprovalStore, 'putVote' | 'vote' | 'votes' | 'pendingVotes' | 'settleVote'>;
type NewVote = Parameters<ApprovalStore['putVote']>[0];

export const mostPendingVotes = 5;
export const mostVoteBytes = 8 * 1024;

/** When a vote came and that nothing has become of it yet is said by a trigger, whatever is inserted. */
export function createVotes(database: Database): Votes {
  return {
    async putVote(vote) {
      const bytes = Buffer.byteLength(JSON.stringify([vote.envelope, vote.reason]));
      if (bytes > mostVoteBytes) {
        throw refused(vote, `it has ${bytes} bytes, and ${mostVoteBytes} are allowed`);
      }
      const stored = database.transaction((session) => putVote(session, vote));
      return await explained(stored, {
        votes_once: () => refused(vote, `${vote.approver} has voted on it already`),
      });
    },
    async vote(id) {
      const [row] = await database.query((session) => session.select().from(votes).where(eq(votes.id, id)));
      return row && toVote(row);
    },
    votes: (approval) => database.query((session) => readVotes(session, approval)),
    async pendingVotes(approval, limit) {
      const rows = await database.query((session) =>
        session
          .select()
          .from(votes)
          .where(and(eq(votes.approval, approval), eq(votes.status, 'pending')))
          .orderBy(asc(votes.castAt), asc(votes.id))
          .limit(limit),
      );
      return rows.map(toVote);
    },
    async settleVote(id, { status, refusal, stage, channel }) {
      const settled = { status, refusal: storableTextOrNull(refusal), stage, channel };
      const [row] = await database.write((session) =>
        session
          .update(votes)
          .set(settled)
          .where(and(eq(votes.id, id), eq(votes.status, 'pending')))
          .returning(),
      );
      if (row) return toVote(row);
      const [known] = await database.query((session) => session.select().from(votes).where(eq(votes.id, id)));
      if (known) return toVote(known);
      throw new RatchetError('NOT_FOUND', `there is no vote "${id}"`, { vote: id });
    },
  };
}

async function putVote(session: Session, vote: NewVote): Promise<VoteRecord> {
  const { id, approval, approver, onBehalfOf, decision, reason, envelope } = vote;
  // Votes of one person wait for each other, so that what waits of them can be counted.
  await session.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`votes of ${approver}`}, 0))`);
  const [known] = await session.select().from(votes).where(eq(votes.id, id));
  if (known) {
    if (known.approval === approval && known.approver === approver) return toVote(known);
    throw refused(vote, 'another vote has its id');
  }
  // Shared with other voters, not with whoever ends it: no vote is taken by an approval that is over.
  const [open] = await session
    .select({ status: approvals.status })
    .from(approvals)
    .where(eq(approvals.id, approval))
    .for('share');
  if (!open) throw new RatchetError('APPROVAL_NOT_FOUND', `there is no approval "${approval}"`, { approval });
  if (open.status !== 'open') throw refused(vote, `the approval is ${open.status}`);
  const waiting = await session
    .select({ id: votes.id })
    .from(votes)
    .where(and(eq(votes.approver, approver), eq(votes.status, 'pending')));
  if (waiting.length >= mostPendingVotes) {
    throw refused(vote, `${waiting.length} votes of ${approver} wait to be counted, which is the most`);
  }
  const row = { id, approval, approver, onBehalfOf, decision, reason: storableText(reason), envelope };
  return toVote(onlyRow(await session.insert(votes).values(row).returning()));
}

/** All of an approval, in the order in which they came. */
export async function readVotes(session: ReadSession, approval: string): Promise<readonly VoteRecord[]> {
  const rows = await session
    .select()
    .from(votes)
    .where(eq(votes.approval, approval))
    .orderBy(asc(votes.castAt), asc(votes.id));
  return rows.map(toVote);
}

function refused({ id, approval }: NewVote, why: string): RatchetError {
  return new RatchetError('VOTE_REFUSED', `the vote on "${approval}" is not taken: ${why}`, {
    vote: id,
    approval,
  });
}

function toVote(row: typeof votes.$inferSelect): VoteRecord {
  const { settledAt: _, castAt, ...vote } = row;
  return { ...vote, castAt: castAt.toISOString() };
}
