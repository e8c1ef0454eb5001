import type { WorkflowFailedError } from '@temporalio/client';
import { CancelledFailure } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import { BallotBox } from './ballot-box.js';
import { asking, promote, promotionEndings, promotionInput } from './promotion-endings.js';
import { sharedStoryRoom } from './shared-story-room.js';

const room = sharedStoryRoom({ maxCachedWorkflows: 50 });

const playEnding = (name: string) => {
  const ending = promotionEndings[`promote-model-${name}`];
  if (ending === undefined) throw new Error(`there is no ending ${name}`);
  return ending(room);
};
const crowning = ['signAttestation', 'moveChampion', 'nextInLine'];

describe('promoteModel', () => {
  it.each([
    ['promoted-by-programs-alone', 'promoted', null],
    ['promoted', 'promoted', null],
    ['promoted-by-an-approval-from-before', 'promoted', null],
    ['promoted-in-a-second-round', 'promoted', null],
    ['promoted-after-an-older-one', 'promoted', null],
    ['refused', 'refused', 'the policy says fail'],
    ['refused-by-the-transaction', 'refused', 'NOT_TRACEABLE: a signature does not hold'],
    ['rejected', 'rejected', 'rejected by bob'],
    ['expired', 'expired', expect.stringMatching(/had not enough votes/)],
    ['failed', 'failed', 'CONFIG_INVALID: it broke'],
  ])('ends %s as %s', async (name, status, reason) => {
    const { result } = await playEnding(name);
    expect(result).toMatchObject({ status, reason });
    if (status === 'promoted') expect(room.called().slice(-3)).toEqual(crowning);
    else if (name !== 'refused-by-the-transaction') expect(room.called()).not.toContain('moveChampion');
  });

  it('ends superseded where a newer version ended its approval and woke it', async () => {
    const { result } = await playEnding('superseded');
    expect(result).toMatchObject({ status: 'superseded', reason: 'version 8 is newer' });
    expect(room.called()).not.toContain('moveChampion');
  });

  it('names the approval that let the version in, and who asked for it', async () => {
    const input = promotionInput({ requestedBy: 'ada' });
    const approval = `approval/tiny/points@${input.version}/1`;
    const { result } = await promote(room, { openPromotion: async (given) => asking(given) }, input);
    expect(result).toEqual({ status: 'promoted', reason: null, approval });
    expect(room.given('signAttestation')).toMatchObject({ approval, version: input.version });
    expect(room.given('moveChampion')).toMatchObject({
      approval,
      actor: 'ada',
      attestation: { sha256: 'a' },
    });
  });

  it('asks anew, in another round, where what it was about changed', async () => {
    const { result } = await playEnding('promoted-in-a-second-round');
    expect(result).toMatchObject({ approval: expect.stringMatching(/\/2$/) });
    expect(room.called().filter((name) => name === 'openPromotion')).toHaveLength(2);
  });

  it('asks for a month with reminders and an escalation, and for another after its policy changed in between', async () => {
    const { result } = await playEnding('expired-after-its-policy-changed');
    expect(result).toMatchObject({
      status: 'expired',
      reason: expect.stringMatching(/had not enough votes/),
      approval: expect.stringMatching(/\/2$/),
    });
    const told = room.calls.flatMap(({ name, input }) =>
      name === 'tellVoters' ? [input as { approval: string; occasion: string }] : [],
    );
    const inRound = (round: number) =>
      told.filter(({ approval }) => approval.endsWith(`/${round}`)).map(({ occasion }) => occasion);
    expect(inRound(1)).toEqual(['asked', 'reminder', 'escalation']);
    expect(inRound(2)).toEqual(['asked', 'reminder', 'escalation', 'reminder', 'reminder', 'reminder']);
    expect(room.called()).not.toContain('moveChampion');
  });

  it('takes its approval along when it is cancelled, and moves nothing', async () => {
    const { failure } = await playEnding('cancelled');
    expect((failure as WorkflowFailedError).cause).toBeInstanceOf(CancelledFailure);
    expect(room.given('endApproval')).toMatchObject({ status: 'withdrawn' });
    expect(room.called()).not.toContain('moveChampion');
  });

  it('waits for the end of an approval that runs already under its id', async () => {
    const box = new BallotBox(room);
    const input = promotionInput();
    const opening = asking(input);
    if (opening.kind !== 'ask') throw new Error('the opening asks');
    room.use(box.activities);
    const { project, model } = input;
    const { subject, round, stages } = opening.request;
    const other = await room.env.client.workflow.start('requestApproval', {
      workflowId: opening.approval,
      taskQueue: 'orchestrator',
      args: [{ project, model, subject, round, stages }],
    });
    const readApproval = async () => (box.ended === null ? null : box.ended);
    const { result } = await promote(
      room,
      { ...box.activities, openPromotion: async () => opening, readApproval },
      input,
      async () => {
        await box.atRest(1);
        box.ended = { status: 'rejected', reason: 'rejected by bob' };
        await other.signal('recheck');
      },
    );
    expect(result).toMatchObject({ status: 'rejected', reason: 'rejected by bob' });
  });
});
