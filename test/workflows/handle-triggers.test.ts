import { describe, expect, it } from 'vitest';
import { workflowIds } from '../../domain/names.js';
import { stepOf } from './fake-activities.js';
import { answers, lineEndings, lineInput, looks, playLine, runOf, starts } from './line-endings.js';
import { happening } from './play.js';
import { sharedStoryRoom } from './shared-story-room.js';

const room = sharedStoryRoom({ maxCachedWorkflows: 50 });

const playEnding = (name: string) => {
  const ending = lineEndings[`handle-triggers-${name}`];
  if (ending === undefined) throw new Error(`there is no ending ${name}`);
  return ending(room);
};
const statusOf = async (workflowId: string) =>
  (await room.plainClient.workflow.getHandle(workflowId).describe()).status.name;

describe('handleTriggers', () => {
  it('ends when the model is gone', async () => {
    const { result, handle } = await playEnding('gone');
    expect(result).toBeUndefined();
    expect(await statusOf(handle.workflowId)).toBe('COMPLETED');
    expect(looks(room)).toBe(1);
  });

  it('stays when the model is gone and somebody woke it meanwhile: it looks once more', async () => {
    const { happened, now } = happening();
    const input = lineInput();
    let times = 0;
    const settleLine = async () => {
      times += 1;
      if (times === 1) await happened;
      return stepOf({ isGone: true });
    };
    await playLine(room, { settleLine }, input, async (line) => {
      while (looks(room) < 1) await new Promise((resolve) => setTimeout(resolve, 20));
      await line.signal('wake');
      now();
    });
    expect(looks(room)).toBe(2);
  });

  it('rests until a message wakes it', async () => {
    await playEnding('woken');
    expect(looks(room)).toBe(2);
    expect(room.calls.map(({ input }) => input)).toEqual([
      { project: 'tiny', model: expect.any(String) },
      { project: 'tiny', model: expect.any(String) },
    ]);
  });

  it('wakes by itself at the time that its last look named, and not before', async () => {
    const { handle } = await playEnding('woken-by-its-timer');
    const { events } = await handle.fetchHistory();
    const timers = events?.flatMap(
      ({ timerStartedEventAttributes: timer }) => timer?.startToFireTimeout ?? [],
    );
    const [seconds] = timers?.map((timeout) => Number(timeout.seconds)) ?? [];
    expect(looks(room)).toBe(2);
    expect(Math.abs((seconds ?? 0) - 7 * 24 * 60 * 60)).toBeLessThan(10);
  });

  it('loses no message that comes while it settles', async () => {
    await playEnding('woken-while-it-settled');
    expect(looks(room)).toBe(2);
  });

  it('starts a run as a child, with what finds it, and looks again when it ended', async () => {
    const { handle } = await playEnding('started-a-run');
    const { project, model } = room.given('settleLine') as { project: string; model: string };
    const run = await runOf(room, { project, model }, 'run-of-a-line').describe();
    expect(run).toMatchObject({
      type: 'trainModel',
      status: { name: 'COMPLETED' },
      parentExecution: { workflowId: handle.workflowId },
      memo: { round: 0 },
      searchAttributes: { RatchetProject: [project], RatchetModel: [model], RatchetRun: ['run-of-a-line'] },
    });
    expect(room.given('prepareRun')).toEqual({ project, model, runId: 'run-of-a-line', round: 0 });
    expect(room.called().at(0)).toBe('settleLine');
    expect(room.called().slice(-2)).toEqual(['concludeRun', 'settleLine']);
    expect(looks(room)).toBe(2);
  });

  it('looks again after a run that failed, and does not fail with it', async () => {
    const { handle } = await playEnding('started-a-run-that-failed');
    expect(await statusOf(handle.workflowId)).toBe('COMPLETED');
    expect(looks(room)).toBe(2);
  });

  it('lets a run make way for the one that starts', async () => {
    const { handle } = await playEnding('made-way');
    const { project, model } = room.given('settleLine') as { project: string; model: string };
    expect(await statusOf(workflowIds.trainModel(project, model, 'old-run'))).toBe('CANCELLED');
    expect(await statusOf(workflowIds.trainModel(project, model, 'new-run'))).toBe('COMPLETED');
    expect(await statusOf(handle.workflowId)).toBe('COMPLETED');
    expect(room.given('closeRun')).toMatchObject({ runId: 'old-run', status: 'cancelled' });
  });

  it('starts no run twice', async () => {
    const input = lineInput();
    const again = { ...starts('once'), wakeAt: new Date(0).toISOString() };
    await playLine(room, answers(starts('once'), again), input);
    expect(looks(room)).toBe(3);
    expect(room.called().filter((name) => name === 'prepareRun')).toHaveLength(1);
  });

  it('leaves its runs to themselves when it is ended', async () => {
    const { happened, now } = happening();
    const input = lineInput();
    const prepareRun = async () => {
      await happened;
      throw new Error('not reached while the line is there');
    };
    await playLine(room, { ...answers(starts('orphan')), prepareRun }, input, async (line) => {
      while (!room.called().includes('prepareRun')) await new Promise((resolve) => setTimeout(resolve, 20));
      await line.terminate('the namespace moves');
    });
    expect(await statusOf(workflowIds.trainModel(input.project, input.model, 'orphan'))).toBe('RUNNING');
    room.use({});
    now();
    expect(await runOf(room, input, 'orphan').result()).toMatchObject({ status: 'succeeded' });
  });

  it('goes on as new before its history is long, and hears of messages there as before', async () => {
    const { handle } = await playEnding('continues');
    expect((await handle.describe()).status.name).toBe('CONTINUED_AS_NEW');
    expect(looks(room)).toBe(4);
    expect(new Set(room.calls.map(({ input }) => JSON.stringify(input))).size).toBe(1);
  });
});
