import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowFailedError } from '@temporalio/client';
import { CancelledFailure } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import { BallotBox } from './ballot-box.js';
import { apply, change, changeEndings, changeIdOf, changeInput, waiting } from './change-endings.js';
import { sharedStoryRoom } from './shared-story-room.js';

const room = sharedStoryRoom({ maxCachedWorkflows: 50 });

const playEnding = (name: string) => {
  const ending = changeEndings[name];
  if (ending === undefined) throw new Error(`there is no ending ${name}`);
  return ending(room);
};

describe('changeProject', () => {
  it('puts in force what was approved, and nothing else', async () => {
    const input = changeInput();
    const { result } = await change(room, {}, input);
    expect(result).toEqual({ status: 'in-force', reason: 'c is in force' });
    expect(room.given('putChange')).toEqual({ approval: input.approval });
  });

  it.each([
    ['change-project-in-force', 'in-force', 'c is in force'],
    ['change-project-refused', 'refused', 'its commit says another thing'],
    ['change-project-rejected', 'rejected', 'rejected by bob'],
    ['change-project-expired', 'expired', expect.stringMatching(/had not enough votes/)],
    ['change-project-superseded', 'superseded', '0123456789ab is the newer change'],
  ])('%s ends so, with its reason', async (name, status, reason) => {
    const { result } = await playEnding(name);
    expect(result).toMatchObject({ status, reason });
    expect(room.called().includes('putChange')).toBe(['in-force', 'refused'].includes(status));
  });

  it('takes its approval back where it is cancelled', async () => {
    const { failure } = await playEnding('change-project-cancelled');
    expect((failure as WorkflowFailedError).cause).toBeInstanceOf(CancelledFailure);
    expect(room.given('endApproval')).toMatchObject({ status: 'withdrawn' });
    expect(room.called()).not.toContain('putChange');
  });

  it('fails visibly where what was approved cannot be read again', async () => {
    const { failure } = await playEnding('change-project-failed');
    expect(failure).toBeInstanceOf(WorkflowFailedError);
    expect(room.called()).toContain('putChange');
  });
});

describe('applyProject', () => {
  it('answers at once while people are asked, and the change goes on by itself', async () => {
    const box = new BallotBox(room);
    const asks = changeInput();
    const { result } = await apply(room, { ...box.activities, readProject: async () => waiting(asks) });
    expect(result).toMatchObject({ change: { approval: asks.approval } });
    expect(room.called()).not.toContain('putChange');
    await box.atRest(3);
    box.put('vote-1');
    await room.plainClient.workflow.getHandle(asks.approval).signal('vote', 'vote-1');
    const changing = room.plainClient.workflow.getHandle(changeIdOf(asks));
    expect(await changing.result()).toMatchObject({ status: 'in-force' });
  });

  it('begins no second story for a change that is asked about already', async () => {
    const box = new BallotBox(room);
    const asks = changeInput();
    const activities = { ...box.activities, readProject: async () => waiting(asks) };
    await apply(room, activities);
    const { result } = await apply(room, activities);
    expect(result).toMatchObject({ change: { approval: asks.approval } });
    // The clock of this server stands still after the test before: nothing here waits for it.
    while (box.told.length === 0) await sleep(10);
    box.put('vote-1');
    await room.plainClient.workflow.getHandle(asks.approval).signal('vote', 'vote-1');
    await room.plainClient.workflow.getHandle(changeIdOf(asks)).result();
    expect(room.called().filter((name) => name === 'putChange')).toHaveLength(1);
  });
});
