import { type CancellationScope, condition, setHandler } from '@temporalio/workflow';
import {
  type ApprovalEnd,
  type ApprovalState,
  type ApprovalView,
  mostWaiting,
  type RequestApprovalInput,
  type SettledVotes,
  type VoteAnswer,
} from '../../domain/lifecycle/request-approval.js';
import {
  castVoteUpdate,
  recheckSignal,
  statusQuery,
  voteSignal,
  withdrawSignal,
  withdrawUpdate,
} from '../messages/approvals.js';
import { isVoteId, isWithdrawal, notSettled, notTaken } from './message-shapes.js';

/** What one history of an approval holds in memory. Only `state` is handed on. */
export interface ApprovalDesk {
  state: ApprovalState;
  /** Votes whose voters wait for an answer in this history. */
  readonly asked: Set<string>;
  readonly answers: Map<string, VoteAnswer>;
  end: ApprovalEnd | null;
  /** Set where the store could not be asked; voters who wait are told. */
  trouble: string | null;
  /** The last signals had nothing behind them. */
  noisy: boolean;
  /** Word to voters that is on its way. */
  letter: CancellationScope | null;
}

/** Lays out the desk and takes messages. Handlers put ids down and wait; the story does the work. */
export function openDesk(input: RequestApprovalInput, nowIso: string): ApprovalDesk {
  const desk: ApprovalDesk = {
    state: input.state ?? emptyState(nowIso),
    asked: new Set(),
    answers: new Map(),
    end: null,
    trouble: null,
    noisy: false,
    letter: null,
  };
  takeVotes(desk);
  takeWithdrawals(desk);
  setHandler(recheckSignal, () => change(desk, { look: true }));
  setHandler(statusQuery, () => viewOf(desk, input));
  return desk;
}

export function change(desk: ApprovalDesk, changes: Partial<ApprovalState>): void {
  desk.state = { ...desk.state, ...changes };
}

/** Whether somebody waits for an answer. */
export const hasVoters = (desk: ApprovalDesk) => desk.asked.size > 0 || desk.state.withdrawn !== null;
/** Whether there is anything to look at. */
export const hasWork = (desk: ApprovalDesk) =>
  hasVoters(desk) || desk.state.waiting.length > 0 || desk.state.look;

/** Puts down what was settled, and answers those who wait. */
export function putDown(desk: ApprovalDesk, settled: SettledVotes, nowIso: string): void {
  const { outcome, reason, stage, stageOpenedAt, tally } = settled;
  const first = desk.state.stageOpenedAt === '' ? { stageOpenedAt } : {};
  change(desk, { ...first, tally, judged: { outcome, reason, stage, stageOpenedAt, at: nowIso } });
  for (const [vote, answer] of Object.entries(settled.answers)) {
    desk.asked.delete(vote);
    desk.answers.set(vote, { vote, ...answer, outcome, tally });
  }
}

function emptyState(nowIso: string): ApprovalState {
  return {
    stage: 0,
    stageOpenedAt: '',
    reminded: 0,
    escalated: false,
    judged: { outcome: 'open', reason: '', stage: 0, stageOpenedAt: '', at: nowIso },
    waiting: [],
    look: true,
    withdrawn: null,
    tally: [],
    dropped: 0,
  };
}

function takeVotes(desk: ApprovalDesk): void {
  setHandler(voteSignal, (vote) => {
    const { waiting, dropped } = desk.state;
    if (!isVoteId(vote)) change(desk, { dropped: dropped + 1 });
    else if (waiting.includes(vote)) return;
    else if (waiting.length < mostWaiting) change(desk, { waiting: [...waiting, vote] });
    else change(desk, { look: true, dropped: dropped + 1 });
  });
  const castVote = async (vote: string): Promise<VoteAnswer> => {
    desk.asked.add(vote);
    await condition(() => desk.answers.has(vote) || desk.end !== null || desk.trouble !== null);
    const answer = desk.answers.get(vote);
    if (answer) return answer;
    desk.asked.delete(vote);
    if (desk.end === null) throw notSettled(desk.trouble ?? 'it could not be settled');
    const { status, reason } = desk.end;
    const refusal = `the approval is over: ${reason === '' ? status : reason}`;
    return { vote, status: 'refused', refusal, outcome: status, tally: desk.state.tally };
  };
  setHandler(castVoteUpdate, castVote, {
    validator: (vote: unknown) => {
      if (!isVoteId(vote)) throw notTaken('castVote takes the id of a stored vote, of at most 64 characters');
      refuseWhenOver(desk);
    },
  });
}

function takeWithdrawals(desk: ApprovalDesk): void {
  setHandler(withdrawSignal, (withdrawal) => {
    if (isWithdrawal(withdrawal)) change(desk, { withdrawn: desk.state.withdrawn ?? withdrawal });
    else change(desk, { dropped: desk.state.dropped + 1 });
  });
  const withdraw = async (withdrawal: {
    readonly by: string;
    readonly reason: string;
  }): Promise<ApprovalEnd> => {
    change(desk, { withdrawn: desk.state.withdrawn ?? withdrawal });
    await condition(() => desk.end !== null);
    if (desk.end === null) throw notTaken('the approval could not be withdrawn');
    return desk.end;
  };
  setHandler(withdrawUpdate, withdraw, {
    validator: (withdrawal: unknown) => {
      if (!isWithdrawal(withdrawal))
        throw notTaken('withdraw takes { by, reason }, texts of at most 1000 characters');
      refuseWhenOver(desk);
    },
  });
}

function refuseWhenOver({ end }: ApprovalDesk): void {
  if (end !== null) throw notTaken(`the approval is over: ${end.status}`);
}

function viewOf({ state, end }: ApprovalDesk, { stages }: RequestApprovalInput): ApprovalView {
  const { stage, stageOpenedAt, reminded, escalated, tally, dropped, judged } = state;
  return {
    status: end?.status ?? judged.outcome,
    reason: end?.reason ?? judged.reason,
    stage: stages[stage]?.name ?? null,
    stageOpenedAt,
    reminded,
    escalated,
    tally,
    dropped,
  };
}
