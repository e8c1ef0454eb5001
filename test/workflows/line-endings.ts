import type { WorkflowHandle, WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import type { HandleTriggersInput, LineStep } from '../../domain/lifecycle/handle-triggers.js';
import { workflowIds } from '../../domain/names.js';
import { type Activities, ends, stepOf, untilCancelled, wellDone } from './fake-activities.js';
import { type Ended, happening, play } from './play.js';
import type { StoryRoom } from './story-room.js';

let lines = 0;

/** A line of its own: what an earlier one left behind does not meet it. */
export function lineInput(changes: Partial<HandleTriggersInput> = {}): HandleTriggersInput {
  lines += 1;
  return { project: 'tiny', model: `points-${lines}`, ...changes };
}

const gone = stepOf({ isGone: true });
export const starts = (runId: string) => stepOf({ start: { runId } });

/** What the looks of a line answer, in order; the model is gone after the last. */
export function answers(...steps: readonly LineStep[]): Pick<Activities, 'settleLine'> {
  const left = [...steps];
  return { settleLine: async () => left.shift() ?? gone };
}

export const looks = (room: StoryRoom) => room.called().filter((name) => name === 'settleLine').length;

/** Waits, while time stands still, until a line has looked so often and rests. */
export async function lookedAt(room: StoryRoom, times: number): Promise<void> {
  while (looks(room) < times) await new Promise((resolve) => setTimeout(resolve, 20));
  await new Promise((resolve) => setTimeout(resolve, 100));
}

export function playLine(
  room: StoryRoom,
  activities: Partial<Activities>,
  input = lineInput(),
  meanwhile?: (handle: WorkflowHandle) => Promise<unknown>,
): Promise<Ended> {
  room.use(activities);
  const workflowId = workflowIds.handleTriggers(input.project, input.model);
  return play(room, 'handleTriggers', { workflowId, input }, meanwhile);
}

export const runOf = (room: StoryRoom, { project, model }: HandleTriggersInput, runId: string) =>
  room.plainClient.workflow.getHandle(workflowIds.trainModel(project, model, runId));

const weekMs = 7 * 24 * 60 * 60 * 1000;

/** Ways in which the line of a model goes on and ends. */
export const lineEndings: Readonly<Record<string, (room: StoryRoom) => Promise<Ended>>> = {
  'handle-triggers-gone': (room) => playLine(room, answers()),
  'handle-triggers-woken': (room) =>
    playLine(room, answers(stepOf()), lineInput(), async (line) => {
      await lookedAt(room, 1);
      await line.signal('wake');
    }),
  'handle-triggers-woken-by-its-timer': async (room) => {
    const wakeAt = new Date((await room.env.currentTimeMs()) + weekMs).toISOString();
    return playLine(room, answers(stepOf({ wakeAt })));
  },
  'handle-triggers-woken-while-it-settled': wokenWhileItSettled,
  'handle-triggers-started-a-run': (room) => playLine(room, answers(starts('run-of-a-line'))),
  'handle-triggers-started-a-run-that-failed': (room) =>
    playLine(room, { ...answers(starts('failing-run')), prepareRun: ends('CONFIG_INVALID', 'it broke') }),
  'handle-triggers-made-way': madeWay,
  'handle-triggers-continued': continued,
  /** The history that ends by going on in a new one. */
  'handle-triggers-continues': async (room) => {
    const { handle } = await continued(room);
    const { workflowId, firstExecutionRunId } = handle as WorkflowHandleWithFirstExecutionRunId;
    return { handle: room.plainClient.workflow.getHandle(workflowId, firstExecutionRunId) };
  },
};

/** Two looks of one history, two of the next. */
function continued(room: StoryRoom): Promise<Ended> {
  const input = lineInput({ continueAfterEvents: 12 });
  return playLine(room, answers(stepOf(), stepOf(), stepOf()), input, async (line) => {
    await lookedAt(room, 1);
    await line.signal('wake');
    await lookedAt(room, 3);
    await line.signal('wake');
  });
}

function wokenWhileItSettled(room: StoryRoom): Promise<Ended> {
  const [began, woken] = [happening(), happening()];
  let times = 0;
  const settleLine = async () => {
    times += 1;
    if (times > 1) return gone;
    began.now();
    await woken.happened;
    return stepOf();
  };
  return playLine(room, { settleLine }, lineInput(), async (line) => {
    await began.happened;
    await line.signal('wake');
    woken.now();
  });
}

/** The old run ends before the new one does: each end is one look. */
function madeWay(room: StoryRoom): Promise<Ended> {
  const [began, ended] = [happening(), happening()];
  const input = lineInput();
  const untilItMakesWay = untilCancelled(began.now);
  const activities: Partial<Activities> = {
    ...answers(starts('old-run'), stepOf({ cancel: 'old-run', start: { runId: 'new-run' } }), stepOf()),
    trainCandidate: async (given) => {
      if (given.runId === 'old-run') return untilItMakesWay();
      await ended.happened;
      return wellDone.trainCandidate(given);
    },
  };
  return playLine(room, activities, input, async (line) => {
    await began.happened;
    await line.signal('wake');
    await lookedAt(room, 3);
    ended.now();
  });
}
