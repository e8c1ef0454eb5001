import { type WorkflowFailedError, WorkflowUpdateFailedError } from '@temporalio/client';
import { CancelledFailure } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import type { ApprovalView } from '../../domain/lifecycle/request-approval.js';
import { workflowIds } from '../../domain/names.js';
import { approvalEndings, approve, cast, daysPass, patientStage } from './approval-endings.js';
import { approvalInput, approvalStage, BallotBox, dayMs } from './ballot-box.js';
import { ends } from './fake-activities.js';
import { play } from './play.js';
import { sharedStoryRoom } from './shared-story-room.js';

const room = sharedStoryRoom({ maxCachedWorkflows: 50 });

const playEnding = (name: string) => {
  const ending = approvalEndings[name];
  if (ending === undefined) throw new Error(`there is no ending ${name}`);
  return ending(room);
};

describe('requestApproval ends as', () => {
  it.each([
    ['request-approval-approved', 'approved', 'approved'],
    ['request-approval-approved-in-two-stages', 'approved', 'approved'],
    ['request-approval-approved-by-votes-before-its-letter', 'approved', 'approved'],
    ['request-approval-rejected', 'rejected', 'rejected'],
    ['request-approval-void', 'void', 'what it is about is no longer in force: policy'],
    ['request-approval-superseded', 'superseded', 'version 8 is newer'],
    ['request-approval-withdrawn', 'withdrawn', 'withdrawn by a message that names ada: found a defect'],
    ['request-approval-continued', 'approved', 'approved'],
  ])('%s: %s', async (name, status, reason) => {
    expect((await playEnding(name)).result).toEqual({ status, reason });
  });

  it('request-approval-expired: expired, after reminders and an escalation', async () => {
    const box = new BallotBox(room, [patientStage]);
    const { result } = await approve(room, box, approvalInput({ stages: [patientStage] }));
    expect(result).toEqual({
      status: 'expired',
      reason: expect.stringMatching(/^stage "review" had not enough votes by 20/),
    });
    expect(box.told.map(({ occasion }) => occasion)).toEqual([
      'asked',
      'reminder',
      'escalation',
      'reminder',
      'reminder',
      'reminder',
    ]);
    expect(room.given('endApproval')).toMatchObject({ status: 'expired' });
  });

  it('request-approval-cancelled: withdrawn in its row, cancelled in Temporal', async () => {
    const { failure } = await playEnding('request-approval-cancelled');
    expect((failure as WorkflowFailedError).cause).toBeInstanceOf(CancelledFailure);
    expect(room.given('endApproval')).toMatchObject({ status: 'withdrawn' });
  });
});

describe('a vote', () => {
  it('by update is told what became of it, and how far it is', async () => {
    const stages = [approvalStage({ quorum: 2 })];
    const box = new BallotBox(room, stages);
    await approve(room, box, approvalInput({ stages }), async (handle) => {
      box.put('one');
      expect(await cast(handle, 'one')).toEqual({
        vote: 'one',
        status: 'counted',
        refusal: null,
        outcome: 'open',
        tally: [{ stage: 'all', quorum: 1, approvals: 1, rejections: 0 }],
      });
      box.put('author', { refusal: 'ada made what is to be approved' });
      expect(await cast(handle, 'author')).toMatchObject({
        status: 'refused',
        refusal: expect.stringMatching(/made/),
        outcome: 'open',
      });
      expect(await cast(handle, 'unknown')).toMatchObject({
        status: 'refused',
        refusal: 'there is no such vote',
      });
      box.put('two');
      expect(await cast(handle, 'two')).toMatchObject({ status: 'counted', outcome: 'approved' });
    });
  });

  it('told of twice, by update and by signal, has one fate', async () => {
    const stages = [approvalStage({ quorum: 2 })];
    const box = new BallotBox(room, stages);
    await approve(room, box, approvalInput({ stages }), async (handle) => {
      box.put('one');
      const answers = await Promise.all([
        cast(handle, 'one'),
        handle.executeUpdate('castVote', { args: ['one'] }),
        handle.signal('vote', 'one'),
      ]);
      expect(answers[0]).toMatchObject({ status: 'counted', outcome: 'open' });
      expect(answers[1]).toEqual(answers[0]);
      box.put('two');
      await cast(handle, 'two');
    });
  });

  it.each([[''], ['x'.repeat(65)], ['a b'], [17], [null], [{ id: 'one' }]])(
    'that is no id, such as %j, is refused before anything of it is kept',
    async (junk) => {
      const box = new BallotBox(room);
      await approve(room, box, approvalInput(), async (handle) => {
        const update = handle.executeUpdate('castVote', { args: [junk] });
        await expect(update).rejects.toThrow(WorkflowUpdateFailedError);
        box.put('one');
        await cast(handle, 'one');
        expect(box.looks.flatMap(({ updates }) => updates)).toEqual(['one']);
      });
    },
  );

  it('whose message was lost counts with the next look', async () => {
    const box = new BallotBox(room);
    const { result } = await approve(room, box, approvalInput(), async (handle) => {
      await handle.query('status');
      box.put('lost');
      await handle.signal('recheck');
    });
    expect(result).toMatchObject({ status: 'approved' });
  });

  it('that was cast in time counts, though its message comes after the end of its stage', async () => {
    const box = new BallotBox(room);
    const { result } = await approve(room, box, approvalInput(), async () => {
      await room.env.sleep('29 days');
      box.put('silent');
    });
    expect(result).toMatchObject({ status: 'approved' });
  });

  it('after the end is told that it is over', async () => {
    const box = new BallotBox(room);
    const { handle } = await approve(room, box, approvalInput(), async (running) => {
      box.put('one');
      await cast(running, 'one');
    });
    await expect(cast(handle, 'late')).rejects.toThrow();
    expect(await handle.query<ApprovalView>('status')).toMatchObject({ status: 'approved' });
  });

  it('is told when the store cannot be asked, and counts when it can', async () => {
    const box = new BallotBox(room);
    const settle = box.activities.settleVotes;
    const { result } = await approve(room, box, approvalInput(), async (handle) => {
      await handle.query('status');
      room.use({ ...box.activities, settleVotes: ends('INTERNAL', 'a defect') });
      box.put('one');
      await expect(cast(handle, 'one')).rejects.toMatchObject({
        cause: { type: 'PART_UNAVAILABLE', message: 'it could not be settled: a defect' },
      });
      room.use({ ...box.activities, ...(settle ? { settleVotes: settle } : {}) });
    });
    expect(result).toMatchObject({ status: 'approved' });
  });
});

describe('2,000 junk signals', () => {
  it('do not stop a valid vote, nor let the state grow, nor cost a look each', async () => {
    const box = new BallotBox(room);
    const { result, handle } = await approve(room, box, approvalInput(), async (running) => {
      const junk = Array.from({ length: 2000 }, (_, at) =>
        at % 3 === 0 ? { long: 'x'.repeat(2000) } : `junk-${at}`,
      );
      for (let at = 0; at < junk.length; at += 50)
        await Promise.all(junk.slice(at, at + 50).map((signal) => running.signal('vote', signal)));
      box.put('one');
      // By signal: this server takes no update that comes in the moment in which the pause for noise is over.
      await running.signal('vote', 'one');
    });
    expect(result).toMatchObject({ status: 'approved' });
    expect(Math.max(...box.looks.map(({ signals }) => signals.length))).toBeLessThanOrEqual(100);
    expect(box.looks.length).toBeLessThan(200);
    expect((await handle.query<ApprovalView>('status')).dropped).toBeGreaterThan(600);
  });
});

describe('an approval that is long', () => {
  it('goes on in a new history with what it knew', async () => {
    const stage = approvalStage({ remindMs: dayMs, expireMs: 20.5 * dayMs });
    const box = new BallotBox(room, [stage]);
    const input = approvalInput({ stages: [stage], continueAfterEvents: 40 });
    const { result, handle } = await approve(room, box, input, () => daysPass(room, 20));
    expect(result).toMatchObject({ status: 'expired' });
    expect(box.told.filter(({ occasion }) => occasion === 'reminder')).toHaveLength(20);
    expect(box.told.filter(({ occasion }) => occasion === 'asked')).toHaveLength(1);
    const { raw } = await handle.describe();
    expect(Number(raw.workflowExecutionInfo?.historyLength)).toBeLessThan(60);
  });

  it('closes its history by going on', async () => {
    const { handle } = await playEnding('request-approval-continues');
    expect((await handle.describe()).status.name).toBe('CONTINUED_AS_NEW');
  });

  it('has a state that is the same after a trip through JSON', async () => {
    const { result, handle } = await playEnding('request-approval-continued');
    expect(result).toMatchObject({ status: 'approved' });
    const { events } = await handle.fetchHistory();
    const [payload] = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
    const { state } = JSON.parse(Buffer.from(payload?.data ?? []).toString('utf8'));
    // A look comes first: a message may have reached the old history when it was closed already.
    const instant = expect.stringMatching(/^\d{4}-.*Z$/);
    expect(state).toEqual({
      stage: 0,
      stageOpenedAt: instant,
      reminded: 3,
      escalated: true,
      judged: { outcome: 'open', reason: 'open', stage: 0, stageOpenedAt: instant, at: instant },
      waiting: [],
      look: true,
      withdrawn: null,
      tally: [{ stage: 'all', quorum: 1, approvals: 0, rejections: 0 }],
      dropped: 0,
    });
    expect(await handle.query('status')).toMatchObject({ reminded: 3, escalated: true, status: 'approved' });
  });
});

it('an approval whose row is gone fails, and says so', async () => {
  const input = approvalInput();
  room.use({ settleVotes: ends('APPROVAL_NOT_FOUND', 'there is no such approval') });
  const workflowId = workflowIds.requestApproval('tiny', input.subject, 1);
  const { failure } = await play(room, 'requestApproval', { workflowId, input });
  expect((failure as WorkflowFailedError).cause?.cause).toMatchObject({ type: 'APPROVAL_NOT_FOUND' });
});
