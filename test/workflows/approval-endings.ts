import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkflowHandle, WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import type { RequestApprovalInput, VoteAnswer } from '../../domain/lifecycle/request-approval.js';
import { workflowIds } from '../../domain/names.js';
import { approvalInput, approvalStage, BallotBox, dayMs } from './ballot-box.js';
import type { Activities } from './fake-activities.js';
import { type Ended, happening, play, playWaiting } from './play.js';
import type { StoryRoom } from './story-room.js';

/** Plays an approval with a box of votes. */
export function approve(
  room: StoryRoom,
  box: Pick<BallotBox, 'activities'>,
  input: RequestApprovalInput,
  meanwhile?: (handle: WorkflowHandle) => Promise<unknown>,
): Promise<Ended> {
  room.use(box.activities);
  const workflowId = workflowIds.requestApproval(input.project, input.subject, input.round);
  return play(room, 'requestApproval', { workflowId, input }, meanwhile);
}

/**
 * Day by day: this server closes a history and begins the next one in two steps, and would skip to the end of all time
 * between them if nothing else waited.
 */
export async function daysPass(room: StoryRoom, days: number): Promise<void> {
  for (let day = 0; day < days; day += 1) await room.env.sleep('1 day');
}

/** A box whose letters arrive once they are released. */
export function held({ told, activities }: BallotBox) {
  const { happened, now } = happening();
  const tellVoters: Activities['tellVoters'] = async (letter) => {
    told.push(letter);
    await happened;
  };
  return { told: { activities: { ...activities, tellVoters } }, release: now };
}

/** Until so many letters are begun. */
export async function letters({ told }: BallotBox, least: number): Promise<void> {
  while (told.length < least) await sleep(10);
}

/** Tells of a vote by update. */
export function cast(handle: WorkflowHandle, vote: string): Promise<VoteAnswer> {
  return handle.executeUpdate<VoteAnswer, [string]>('castVote', { updateId: vote, args: [vote] });
}

/** Reminders, an escalation, and an end by the clock. */
export const patientStage = approvalStage({
  remindMs: 7 * dayMs,
  escalate: { afterMs: 10 * dayMs, role: 'admin' },
});

/** Every way in which an approval ends. */
export const approvalEndings: Readonly<Record<string, (room: StoryRoom) => Promise<Ended>>> = {
  'request-approval-approved': (room) => {
    const box = new BallotBox(room);
    return approve(room, box, approvalInput(), async (handle) => {
      box.put('vote-1');
      await cast(handle, 'vote-1');
    });
  },
  'request-approval-approved-in-two-stages': (room) => {
    const stages = [approvalStage(), approvalStage({ name: 'govern', role: 'admin' })];
    const box = new BallotBox(room, stages);
    return approve(room, box, approvalInput({ stages }), async (handle) => {
      box.put('vote-1');
      await cast(handle, 'vote-1');
      await room.env.sleep('20 days');
      box.put('vote-2');
      await handle.signal('vote', 'vote-2');
    });
  },
  'request-approval-approved-by-votes-before-its-letter': (room) => {
    const stages = [approvalStage({ quorum: 2 })];
    const box = new BallotBox(room, stages);
    const { told, release } = held(box);
    return approve(room, told, approvalInput({ stages }), async (handle) => {
      await letters(box, 1);
      box.put('vote-1');
      await cast(handle, 'vote-1');
      release();
      await box.atRest(12);
      box.put('vote-2');
      await handle.signal('vote', 'vote-2');
    });
  },
  'request-approval-rejected': (room) => {
    const box = new BallotBox(room);
    return approve(room, box, approvalInput(), async (handle) => {
      box.put('vote-1', { approve: false });
      await handle.signal('vote', 'vote-1');
    });
  },
  'request-approval-expired': (room) =>
    approve(room, new BallotBox(room, [patientStage]), approvalInput({ stages: [patientStage] })),
  'request-approval-void': (room) => {
    const box = new BallotBox(room);
    return approve(room, box, approvalInput(), async (handle) => {
      await box.atRest(12);
      box.ended = { status: 'void', reason: 'what it is about is no longer in force: policy' };
      await handle.signal('recheck');
    });
  },
  'request-approval-superseded': (room) => {
    const box = new BallotBox(room);
    return approve(room, box, approvalInput(), async (handle) => {
      await box.atRest(1);
      box.ended = { status: 'superseded', reason: 'version 8 is newer' };
      await handle.signal('recheck');
    });
  },
  'request-approval-withdrawn': (room) =>
    approve(room, new BallotBox(room), approvalInput(), (handle) =>
      handle.executeUpdate('withdraw', { args: [{ by: 'ada', reason: 'found a defect' }] }),
    ),
  'request-approval-cancelled': (room) => {
    const box = new BallotBox(room);
    return approve(room, box, approvalInput(), async (handle) => {
      await box.atRest(1);
      await handle.cancel();
    });
  },
  'request-approval-waiting': (room) => {
    const stages = [{ ...patientStage, quorum: 2 }];
    const box = new BallotBox(room, stages);
    room.use(box.activities);
    const input = approvalInput({ stages });
    const workflowId = workflowIds.requestApproval(input.project, input.subject, input.round);
    return playWaiting(room, 'requestApproval', { workflowId, input }, async (handle) => {
      box.put('vote-1');
      await cast(handle, 'vote-1');
      await box.atRest(12);
      await handle.signal('vote', 'junk');
      await box.atRest(1);
    });
  },
  'request-approval-continued': continued,
  /** The history that ends by going on in a new one. */
  'request-approval-continues': async (room) => {
    const { handle } = await continued(room);
    const { workflowId, firstExecutionRunId } = handle as WorkflowHandleWithFirstExecutionRunId;
    return { handle: room.plainClient.workflow.getHandle(workflowId, firstExecutionRunId) };
  },
};

function continued(room: StoryRoom): Promise<Ended> {
  const box = new BallotBox(room, [patientStage]);
  const input = approvalInput({ stages: [patientStage], continueAfterEvents: 30 });
  return approve(room, box, input, async (handle) => {
    for (let at = 0; at < 20; at += 1) await handle.signal('vote', `junk-${at}`);
    await daysPass(room, 25);
    box.put('vote-1');
    await cast(handle, 'vote-1');
  });
}
