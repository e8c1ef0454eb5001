import { readCursor, writeCursor } from '../../../db/page-cursor.js';
import { mostPendingVotes, mostVoteBytes } from '../../../db/votes.js';
import { approvalId } from '../../../domain/approvals/approval.js';
import { canonicalText } from '../../../domain/canonical-text.js';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { ApprovalRecord, ApprovalStore, VoteRecord } from '../../../domain/ports/approvals.js';
import { type MemoryState, now, requireProject, storable } from './memory-state.js';

const order = 'approvals, newest';
type Votes = Pick<ApprovalStore, 'putVote' | 'vote' | 'votes' | 'pendingVotes' | 'settleVote'>;
type Delegations = Pick<ApprovalStore, 'delegate' | 'delegations' | 'endDelegation'>;

export function createMemoryApprovals(state: MemoryState): ApprovalStore {
  const { approvals } = state;
  const change = (record: ApprovalRecord, changes: Partial<ApprovalRecord>) => {
    const changed = { ...record, ...changes };
    approvals.set(record.id, changed);
    return changed;
  };
  return {
    async open(request) {
      requireProject(state, request.project);
      const id = approvalId(request);
      const known = approvals.get(id);
      if (known && canonicalText(known.digests) !== canonicalText(request.digests)) {
        throw new RatchetError('CONFLICT', `approval "${id}" is there already, about other digests`);
      }
      if (known) return known;
      const at = now();
      const begun = { status: 'open', reason: null, stage: 0, openedAt: at, stageOpenedAt: at } as const;
      const record: ApprovalRecord = { exhibits: {}, ...request, id, ...begun, endedAt: null };
      approvals.set(id, record);
      return record;
    },
    get: async (id) => requireApproval(state, id),
    async list({ project, projects, status, kind, limit = 50, after }) {
      if (!Number.isInteger(limit) || limit < 1 || limit > 200) {
        throw new RatchetError('REQUEST_INVALID', `a page has 1 to 200 approvals, ${limit} were asked for`);
      }
      const found = [...approvals.values()].reverse().filter((one) => {
        if (projects?.includes(one.project) === false) return false;
        const wanted = [project ?? one.project, status ?? one.status, kind ?? one.kind];
        return wanted[0] === one.project && wanted[1] === one.status && wanted[2] === one.kind;
      });
      const from =
        after === undefined ? 0 : found.findIndex(({ id }) => id === readCursor(after, order).id) + 1;
      const shown = found.slice(from, from + limit);
      const last = found.length > from + limit ? shown.at(-1) : undefined;
      const next = last ? writeCursor({ order, part: 'newest', at: last.openedAt, id: last.id }) : null;
      return { approvals: shown, next };
    },
    latest: async (project, subject) =>
      [...approvals.values()]
        .filter((one) => one.project === project && one.subject === subject)
        .sort((a, b) => b.round - a.round)[0],
    async enterStage(id, stage) {
      const record = requireApproval(state, id);
      if (record.stage >= stage) return record;
      if (record.status !== 'open' || record.stage + 1 !== stage || stage > record.stages.length) {
        throw new RatchetError('CONFLICT', `approval "${id}" is in stage ${record.stage}`);
      }
      return change(record, { stage, stageOpenedAt: now() });
    },
    async end(id, status, reason) {
      const record = requireApproval(state, id);
      if (record.status !== 'open') return record;
      return change(record, { status, reason: storable(reason), endedAt: now() });
    },
    ...createVotes(state),
    ...createDelegations(state),
  };
}

function createVotes(state: MemoryState): Votes {
  const { votes } = state;
  const of = (approval: string) => [...votes.values()].filter((vote) => vote.approval === approval);
  return {
    async putVote(vote) {
      const refuse = (why: string) => new RatchetError('VOTE_REFUSED', `the vote is not taken: ${why}`);
      if (Buffer.byteLength(JSON.stringify([vote.envelope, vote.reason])) > mostVoteBytes) {
        throw refuse('it is too large');
      }
      const { id, approval, approver } = vote;
      const known = votes.get(id);
      if (known?.approval === approval && known.approver === approver) return known;
      if (known) throw refuse('another vote has its id');
      const { status } = requireApproval(state, approval);
      if (status !== 'open') throw refuse(`the approval is ${status}`);
      const own = [...votes.values()].filter((one) => one.approver === approver);
      if (own.filter((one) => one.status === 'pending').length >= mostPendingVotes) {
        throw refuse('the most wait to be counted');
      }
      if (own.some((one) => one.approval === approval && one.status !== 'refused')) {
        throw refuse(`${approver} has voted on it already`);
      }
      const fresh = { status: 'pending', refusal: null, stage: null, channel: null } as const;
      const record: VoteRecord = { ...vote, ...fresh, castAt: now() };
      votes.set(id, record);
      return record;
    },
    vote: async (id) => votes.get(id),
    votes: async (approval) => of(approval),
    pendingVotes: async (approval, limit) =>
      of(approval)
        .filter(({ status }) => status === 'pending')
        .slice(0, limit),
    async settleVote(id, settled) {
      const vote = votes.get(id);
      if (!vote) throw new RatchetError('NOT_FOUND', `there is no vote "${id}"`);
      if (vote.status !== 'pending') return vote;
      const changed = { ...vote, ...settled };
      votes.set(id, changed);
      return changed;
    },
  };
}

function createDelegations(state: MemoryState): Delegations {
  const { delegations } = state;
  return {
    async delegate(delegation) {
      requireProject(state, delegation.project);
      if (delegation.from === delegation.to) {
        throw new RatchetError('REQUEST_INVALID', `${delegation.from} cannot delegate to themselves`);
      }
      const record = delegations.get(delegation.id) ?? { ...delegation, createdAt: now(), endedAt: null };
      delegations.set(delegation.id, record);
      return record;
    },
    delegations: async (project) => [...delegations.values()].filter((one) => one.project === project),
    async endDelegation(id) {
      const found = delegations.get(id);
      if (found) delegations.set(id, { ...found, endedAt: found.endedAt ?? now() });
    },
  };
}

function requireApproval(state: MemoryState, id: string): ApprovalRecord {
  const found = state.approvals.get(id);
  if (found) return found;
  throw new RatchetError('APPROVAL_NOT_FOUND', `there is no approval "${id}"`);
}
