import { setTimeout as sleep } from 'node:timers/promises';
import type { ApprovalStage, ApprovalStatus } from '../../domain/approvals/approval.js';
import type {
  RequestApprovalInput,
  SettledVotes,
  TellVotersInput,
} from '../../domain/lifecycle/request-approval.js';
import { type Activities, settledAs } from './fake-activities.js';
import type { StoryRoom } from './story-room.js';

export const dayMs = 86_400_000;

let approvals = 0;

export function approvalStage(changes: Partial<ApprovalStage> = {}): ApprovalStage {
  return {
    name: 'review',
    role: 'reviewer',
    quorum: 1,
    veto: true,
    expireMs: 30 * dayMs,
    remindMs: null,
    escalate: null,
    ...changes,
  };
}

export function approvalInput(changes: Partial<RequestApprovalInput> = {}): RequestApprovalInput {
  approvals += 1;
  return {
    project: 'tiny',
    model: 'points',
    subject: `points@${approvals}`,
    round: 1,
    stages: [approvalStage()],
    ...changes,
  };
}

interface Ballot {
  readonly approve: boolean;
  readonly refusal: string | null;
  settled: boolean;
}

/** The store of one approval as its workflow sees it: votes that a test puts in, and what is in force. */
export class BallotBox {
  readonly told: TellVotersInput[] = [];
  /** What each look was given. */
  readonly looks: { readonly updates: readonly string[]; readonly signals: readonly string[] }[] = [];
  /** An end that a row has from somewhere else, or that changed digests bring about. */
  ended: { readonly status: Exclude<ApprovalStatus, 'open'>; readonly reason: string } | null = null;
  readonly #ballots = new Map<string, Ballot>();
  readonly #room: StoryRoom;
  readonly #stages: readonly ApprovalStage[];
  readonly #openedAt: string[] = [];
  #approval = '';

  constructor(room: StoryRoom, stages: readonly ApprovalStage[] = [approvalStage()]) {
    this.#room = room;
    this.#stages = stages;
  }

  /** A stored vote; its message is for the test to send. */
  put(id: string, ballot: { readonly approve?: boolean; readonly refusal?: string } = {}): void {
    this.#ballots.set(id, {
      approve: ballot.approve ?? true,
      refusal: ballot.refusal ?? null,
      settled: false,
    });
  }

  /** When its approval has told its voters and waits, and so many days later. */
  async atRest(days: number): Promise<void> {
    while (this.told.length === 0 || (await this.#isBusy(this.#approval))) await sleep(10);
    await this.#room.env.sleep(days * dayMs);
  }

  async #isBusy(approval: string): Promise<boolean> {
    const { raw } = await this.#room.plainClient.workflow.getHandle(approval).describe();
    return (raw.pendingActivities ?? []).length > 0 || raw.pendingWorkflowTask != null;
  }

  get activities(): Partial<Activities> {
    return {
      settleVotes: async ({ approval, updates, signals }) => {
        this.#approval = approval;
        this.looks.push({ updates, signals });
        return await this.#settle(updates);
      },
      tellVoters: async (input) => {
        this.told.push(input);
      },
    };
  }

  async #settle(updates: readonly string[]): Promise<SettledVotes> {
    const now = new Date(await this.#room.env.currentTimeMs()).toISOString();
    this.#openedAt[0] ??= now;
    const fresh = [...this.#ballots.values()].filter(({ settled }) => !settled);
    for (const ballot of fresh) ballot.settled = true;
    const counted = [...this.#ballots.values()].filter(({ refusal }) => refusal === null);
    const yes = counted.filter(({ approve }) => approve).length;
    const { stage, approved } = this.#stageAt(yes);
    for (let at = 1; at <= stage; at += 1) this.#openedAt[at] ??= now;
    const judged = counted.some(({ approve }) => !approve) ? 'rejected' : approved ? 'approved' : 'open';
    return settledAs({
      outcome: this.ended?.status ?? judged,
      reason: this.ended?.reason ?? judged,
      stage,
      stageOpenedAt: this.#openedAt[Math.min(stage, this.#stages.length - 1)] ?? now,
      tally: [{ stage: 'all', quorum: this.#stages.length, approvals: yes, rejections: 0 }],
      answers: Object.fromEntries(updates.map((id) => [id, this.#answer(id)])),
      settled: fresh.length,
    });
  }

  /** Every stage of these tests has a quorum of its own; the first that is not reached is open. */
  #stageAt(yes: number): { readonly stage: number; readonly approved: boolean } {
    let left = yes;
    const at = this.#stages.findIndex(({ quorum }) => {
      left -= quorum;
      return left < 0;
    });
    return { stage: at < 0 ? this.#stages.length : at, approved: at < 0 };
  }

  #answer(id: string): SettledVotes['answers'][string] {
    const found = this.#ballots.get(id);
    const refusal = found === undefined ? 'there is no such vote' : found.refusal;
    return { status: refusal === null ? 'counted' : 'refused', refusal };
  }
}
