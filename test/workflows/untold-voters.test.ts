import type { WorkflowFailedError } from '@temporalio/client';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TellVotersInput } from '../../domain/lifecycle/request-approval.js';
import { approve, cast, held, letters } from './approval-endings.js';
import { approvalInput, approvalStage, BallotBox, dayMs } from './ballot-box.js';
import { untilCancelled } from './fake-activities.js';
import { happening } from './play.js';
import { openStoryRoom, type StoryRoom } from './story-room.js';

/** One a test: this server skips no time any more once a workflow has ended with an activity in flight. */
let room: StoryRoom;
beforeEach(async () => {
  room = await openStoryRoom({ maxCachedWorkflows: 50 });
});
afterEach(() => room.close());

describe('while word to voters does not arrive, an approval', () => {
  it('settles votes by update and by signal, and goes on to its next stage and its end', async () => {
    const stages = [approvalStage({ quorum: 2 }), approvalStage({ name: 'govern', role: 'admin' })];
    const box = new BallotBox(room, stages);
    const { told, release } = held(box);
    const { result } = await approve(room, told, approvalInput({ stages }), async (handle) => {
      await letters(box, 1);
      box.put('one');
      expect(await cast(handle, 'one')).toMatchObject({ status: 'counted', outcome: 'open' });
      box.put('two');
      await handle.signal('vote', 'two');
      await letters(box, 2);
      box.put('three');
      expect(await cast(handle, 'three')).toMatchObject({ status: 'counted', outcome: 'approved' });
    }).finally(release);
    expect(result).toMatchObject({ status: 'approved' });
    expect(box.told.map(({ stage, occasion }) => [stage, occasion])).toEqual([
      [0, 'asked'],
      [1, 'asked'],
    ]);
  });

  it('settles votes while it is tried again', async () => {
    const box = new BallotBox(room);
    const tellVoters = async (letter: TellVotersInput) => {
      box.told.push(letter);
      throw ApplicationFailure.retryable('the store is away', 'PART_UNAVAILABLE');
    };
    const told = { activities: { ...box.activities, tellVoters } };
    const { result } = await approve(room, told, approvalInput(), async (handle) => {
      await letters(box, 2);
      box.put('one');
      expect(await cast(handle, 'one')).toMatchObject({ status: 'counted', outcome: 'approved' });
    });
    expect(result).toMatchObject({ status: 'approved' });
  });

  it('sends every later word all the same, and its first once', async () => {
    const stages = [approvalStage({ quorum: 2, remindMs: dayMs, expireMs: 3.5 * dayMs })];
    const box = new BallotBox(room, stages);
    const { happened, now } = happening();
    const tellVoters = async (letter: TellVotersInput) => {
      box.told.push(letter);
      if (letter.occasion === 'asked') await happened;
    };
    const told = { activities: { ...box.activities, tellVoters } };
    const { result } = await approve(room, told, approvalInput({ stages }), async (handle) => {
      await letters(box, 1);
      box.put('one');
      expect(await cast(handle, 'one')).toMatchObject({ outcome: 'open' });
      now();
    });
    expect(result).toMatchObject({ status: 'expired' });
    expect(box.told.map(({ occasion }) => occasion)).toEqual(['asked', 'reminder', 'reminder', 'reminder']);
  });

  it('is withdrawn where it is cancelled', async () => {
    const box = new BallotBox(room);
    const { happened, now } = happening();
    const tellVoters = untilCancelled<void>(now);
    const told = { activities: { ...box.activities, tellVoters } };
    const { failure } = await approve(room, told, approvalInput(), async (handle) => {
      await happened;
      await handle.cancel();
    });
    expect((failure as WorkflowFailedError).cause).toBeInstanceOf(CancelledFailure);
    expect(room.given('endApproval')).toMatchObject({ status: 'withdrawn' });
  });
});
