import type { WorkflowHandle } from '@temporalio/client';
import type { AppliedProject } from '../../domain/lifecycle/apply-project.js';
import type { ChangeProjectInput } from '../../domain/lifecycle/change-project.js';
import { workflowIds } from '../../domain/names.js';
import { approvalStage, BallotBox, dayMs } from './ballot-box.js';
import { type Activities, ends, settledAs } from './fake-activities.js';
import { type Ended, play } from './play.js';
import type { StoryRoom } from './story-room.js';

let changes = 0;

export function changeInput(): ChangeProjectInput {
  changes += 1;
  const subject = `change@${String(changes).padStart(40, '0')}`;
  const stages = [approvalStage({ name: 'changes', expireMs: 14 * dayMs })];
  const approval = workflowIds.requestApproval('tiny', subject, 1);
  return { approval, request: { project: 'tiny', subject, round: 1, stages } };
}

export const changeIdOf = ({ request }: ChangeProjectInput) =>
  workflowIds.changeProject(request.project, request.subject, request.round);

export function change(
  room: StoryRoom,
  activities: Partial<Activities>,
  input = changeInput(),
  meanwhile?: (handle: WorkflowHandle) => Promise<unknown>,
): Promise<Ended> {
  room.use(activities);
  return play(room, 'changeProject', { workflowId: changeIdOf(input), input }, meanwhile);
}

/** What a commit with governed changes is read as. */
export function waiting(asks: ChangeProjectInput, wakes: readonly string[] = []): AppliedProject {
  const differences = [{ part: 'members', name: 'ann', kind: 'added' }] as const;
  const pending = { approval: asks.approval, differences };
  return { project: 'tiny', commit: 'c', models: ['points'], change: pending, asks, wakes };
}

export function apply(room: StoryRoom, activities: Partial<Activities>): Promise<Ended> {
  room.use(activities);
  return play(room, 'applyProject', { workflowId: 'apply//repo', input: { repo: '/repo', ref: 'main' } });
}

/** Every way in which a change of members, roles, sources or policies ends. */
export const changeEndings: Readonly<Record<string, (room: StoryRoom) => Promise<Ended>>> = {
  'change-project-in-force': (room) =>
    change(room, {
      putChange: async () => ({
        status: 'in-force',
        reason: 'c is in force',
        wakes: ['approval/tiny/points@1/1'],
      }),
    }),
  'change-project-refused': (room) =>
    change(room, {
      putChange: async () => ({ status: 'refused', reason: 'its commit says another thing', wakes: [] }),
    }),
  'change-project-rejected': (room) =>
    change(room, { settleVotes: async () => settledAs({ outcome: 'rejected', reason: 'rejected by bob' }) }),
  'change-project-expired': (room) => change(room, { settleVotes: async () => settledAs() }),
  'change-project-superseded': (room) => {
    const box = new BallotBox(room);
    const input = changeInput();
    return change(room, box.activities, input, async () => {
      await box.atRest(1);
      box.ended = { status: 'superseded', reason: '0123456789ab is the newer change' };
      await room.plainClient.workflow.getHandle(input.approval).signal('recheck');
    });
  },
  'change-project-cancelled': (room) => {
    const box = new BallotBox(room);
    return change(room, box.activities, changeInput(), async (handle) => {
      await box.atRest(1);
      await handle.cancel();
      await room.plainClient.workflow
        .getHandle(handle.workflowId)
        .result()
        .catch(() => undefined);
    });
  },
  'change-project-failed': (room) => change(room, { putChange: ends('GIT_NOT_FOUND', 'the commit is gone') }),
};

/** After a child that outlived its parent this server's clock stands still: played last, where a room plays all. */
export const outlivedEndings: typeof changeEndings = {
  'apply-project-waits-for-approval': async (room) => {
    const asks = changeInput();
    const ended = await apply(room, { readProject: async () => waiting(asks, ['approval/tiny/change@0/1']) });
    await room.plainClient.workflow.getHandle(changeIdOf(asks)).result();
    return ended;
  },
};
