import type { ApprovalRequest } from '../../../domain/approvals/approval.js';
import { approvalId } from '../../../domain/approvals/approval.js';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type {
  ApprovalRecord,
  ApprovalStore,
  DelegationRecord,
  VoteRecord,
} from '../../../domain/ports/approvals.js';

/** As much of a store of approvals as these tests need, with a clock that they set. */
export class MemoryApprovals {
  /** A minute ago, so that what is cast at this moment comes after. */
  now = new Date(Date.now() - 60_000).toISOString();
  readonly rows = new Map<string, ApprovalRecord>();
  readonly votes = new Map<string, VoteRecord>();
  readonly delegations: DelegationRecord[] = [];

  get store(): Pick<
    ApprovalStore,
    'delegations' | 'end' | 'enterStage' | 'get' | 'latest' | 'list' | 'open' | 'settleVote' | 'votes'
  > {
    return {
      open: async (request) => this.#open(request),
      get: async (id) => this.#row(id),
      latest: async (project, subject) =>
        [...this.rows.values()]
          .filter((row) => row.project === project && row.subject === subject)
          .sort((a, b) => b.round - a.round)[0],
      list: async ({ project, status, kind }) => ({
        approvals: [...this.rows.values()].filter(
          (row) => row.project === project && row.status === status && row.kind === kind,
        ),
        next: null,
      }),
      enterStage: async (id, stage) => this.#change(id, { stage, stageOpenedAt: this.now }),
      end: async (id, status, reason) =>
        this.#row(id).status === 'open'
          ? this.#change(id, { status, reason, endedAt: this.now })
          : this.#row(id),
      votes: async (approval) => [...this.votes.values()].filter((vote) => vote.approval === approval),
      settleVote: async (id, settled) => {
        const vote = this.votes.get(id);
        if (vote === undefined) throw new Error(`there is no vote ${id}`);
        const after = vote.status === 'pending' ? { ...vote, ...settled } : vote;
        this.votes.set(id, after);
        return after;
      },
      delegations: async () => this.delegations,
    };
  }

  #open(request: ApprovalRequest): ApprovalRecord {
    const id = approvalId(request);
    const row = this.rows.get(id) ?? {
      exhibits: {},
      ...request,
      id,
      status: 'open' as const,
      reason: null,
      stage: 0,
      stageOpenedAt: this.now,
      openedAt: this.now,
      endedAt: null,
    };
    this.rows.set(id, row);
    return row;
  }

  #row(id: string): ApprovalRecord {
    const row = this.rows.get(id);
    if (row === undefined) throw new RatchetError('NOT_FOUND', `there is no approval ${id}`);
    return row;
  }

  #change(id: string, change: Partial<ApprovalRecord>): ApprovalRecord {
    const row = { ...this.#row(id), ...change };
    this.rows.set(id, row);
    return row;
  }
}
