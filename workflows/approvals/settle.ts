import { allHandlersFinished, condition, isCancellation, log, proxyActivities } from '@temporalio/workflow';
import type { ApprovalActivities } from '../../activities/approvals/approval-activities.js';
import { mostWaiting } from '../../domain/lifecycle/request-approval.js';
import { failureOf } from '../failure.js';
import { controlOptions } from '../options.js';
import { type ApprovalDesk, change, hasVoters, putDown } from './approval-desk.js';
import { tellVoters } from './tell-voters.js';

const { settleVotes } = proxyActivities<ApprovalActivities>({
  ...controlOptions,
  startToCloseTimeout: '30 seconds',
  scheduleToCloseTimeout: '10 minutes',
});

/** After signals with nothing behind them, the next ones wait so long; a voter who waits for an answer does not. */
const noisePauseMs = 1000;
/** After the store could not be asked. */
const troublePauseMs = 5 * 60 * 1000;

/** One batch: claims what is stored, judges it, puts down what was found. */
export async function settle(desk: ApprovalDesk, approval: string): Promise<void> {
  if (desk.noisy && !hasVoters(desk)) await condition(() => hasVoters(desk), noisePauseMs);
  const updates = [...desk.asked].slice(0, mostWaiting);
  const signals = desk.state.waiting;
  const isFirst = desk.state.stageOpenedAt === '';
  change(desk, { waiting: [], look: false });
  try {
    const settled = await settleVotes({ approval, updates, signals });
    putDown(desk, settled, new Date().toISOString());
    desk.noisy = settled.settled === 0 && signals.length > 0;
    if (settled.more) change(desk, { look: true });
  } catch (error) {
    await afterTrouble(desk, error);
    return;
  }
  if (updates.length > 0) await condition(() => allHandlersFinished() || hasVoters(desk));
  if (allHandlersFinished()) desk.answers.clear();
  if (isFirst && desk.state.judged.outcome === 'open')
    await tellVoters(desk, { approval, stage: 0, occasion: 'asked' });
}

/** An approval outlives a store that is away, and a defect that the next version mends; its voters are told. */
async function afterTrouble(desk: ApprovalDesk, error: unknown): Promise<void> {
  if (isCancellation(error)) throw error;
  const { code, message } = failureOf(error);
  if (code === 'APPROVAL_NOT_FOUND') throw error;
  log.warn('votes could not be settled', { code, message });
  desk.trouble = `it could not be settled: ${message}`;
  await condition(() => desk.asked.size === 0);
  desk.trouble = null;
  change(desk, { look: true });
  await condition(() => hasVoters(desk), troublePauseMs);
}
