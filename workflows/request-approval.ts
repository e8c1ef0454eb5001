import {
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  isCancellation,
  proxyActivities,
  workflowInfo,
} from '@temporalio/workflow';
import type { ApprovalActivities } from '../activities/approvals/approval-activities.js';
import { nextApprovalStep } from '../domain/approvals/next-approval-step.js';
import type { ApprovalEnd, RequestApprovalInput } from '../domain/lifecycle/request-approval.js';
import { workflowIds } from '../domain/names.js';
import { type ApprovalDesk, change, hasWork, openDesk } from './approvals/approval-desk.js';
import { settle } from './approvals/settle.js';
import { lastLetter, letterOrWork, tellVoters } from './approvals/tell-voters.js';
import { controlOptions } from './options.js';

const { endApproval } = proxyActivities<ApprovalActivities>({
  ...controlOptions,
  scheduleToCloseTimeout: '30 days',
});

/** Well below the length at which the server asks for it, so that a storm of signals finds room. */
const eventsOfAHistory = 4000;

/**
 * Asks people, stage by stage, for as long as it takes: votes come as messages with the ids of stored rows, which are
 * claimed in batches; reminders, escalation and expiry are timers. Where it ends, its row says how.
 */
export async function requestApproval(input: RequestApprovalInput): Promise<ApprovalEnd> {
  const approval = workflowIds.requestApproval(input.project, input.subject, input.round);
  const desk = openDesk(input, new Date().toISOString());
  try {
    desk.end = await untilItEnds(desk, input, approval);
  } catch (error) {
    if (!isCancellation(error)) throw error;
    await CancellationScope.nonCancellable(async () => {
      desk.end = await endApproval({ approval, status: 'withdrawn', reason: 'its workflow was cancelled' });
      await condition(allHandlersFinished);
    });
    throw error;
  }
  await condition(allHandlersFinished);
  await lastLetter(desk);
  return desk.end;
}

async function untilItEnds(
  desk: ApprovalDesk,
  input: RequestApprovalInput,
  approval: string,
): Promise<ApprovalEnd> {
  for (;;) {
    const { withdrawn } = desk.state;
    if (withdrawn !== null) {
      // Anybody who writes to the namespace may say any name here; who withdraws by the gateway stands in the row.
      const reason = `withdrawn by a message that names ${withdrawn.by}: ${withdrawn.reason}`;
      return endApproval({ approval, status: 'withdrawn', reason });
    }
    // A message may reach the old history when it is closed already: the new one begins with a look at the rows.
    if (isLong(input) && allHandlersFinished() && desk.letter === null)
      await continueAsNew<typeof requestApproval>({ ...input, state: { ...desk.state, look: true } });
    if (hasWork(desk)) await settle(desk, approval);
    else {
      const end = await takeStep(desk, input, approval);
      if (end !== null) return end;
    }
  }
}

/** Does what comes next; the end, where that is it. */
async function takeStep(
  desk: ApprovalDesk,
  { stages }: RequestApprovalInput,
  approval: string,
): Promise<ApprovalEnd | null> {
  const { stage } = desk.state;
  const step = nextApprovalStep({ ...desk.state, stages }, Date.now());
  if (desk.letter !== null && step.kind !== 'end' && step.kind !== 'enter') {
    await letterOrWork(desk);
    return null;
  }
  switch (step.kind) {
    case 'end':
      // What was judged is in the row already; an end by the clock is not.
      return desk.state.judged.outcome === 'open'
        ? endApproval({ approval, status: step.status, reason: step.reason })
        : { status: step.status, reason: step.reason };
    case 'settle':
      change(desk, { look: true });
      return null;
    case 'enter':
      change(desk, { stage: step.stage, stageOpenedAt: step.openedAt, reminded: 0, escalated: false });
      await tellVoters(desk, { approval, stage: step.stage, occasion: 'asked' });
      return null;
    case 'escalate':
      change(desk, { escalated: true });
      await tellVoters(desk, { approval, stage, occasion: 'escalation' });
      return null;
    case 'remind':
      change(desk, { reminded: step.reminded });
      await tellVoters(desk, { approval, stage, occasion: 'reminder', reminded: step.reminded });
      return null;
    case 'wait':
      await condition(() => hasWork(desk), step.untilMs - Date.now());
      return null;
  }
}

function isLong({ continueAfterEvents = eventsOfAHistory }: RequestApprovalInput): boolean {
  const { historyLength, continueAsNewSuggested } = workflowInfo();
  return continueAsNewSuggested || historyLength >= continueAfterEvents;
}
