import type { WorkflowHandle } from '@temporalio/client';
import type { ApprovalStage } from '../../domain/approvals/approval.js';
import type { PromoteModelInput, PromotionOpening } from '../../domain/lifecycle/promote-model.js';
import { workflowIds } from '../../domain/names.js';
import { patientStage } from './approval-endings.js';
import { approvalStage, BallotBox } from './ballot-box.js';
import { type Activities, ends, settledAs } from './fake-activities.js';
import { type Ended, play, playWaiting } from './play.js';
import type { StoryRoom } from './story-room.js';

let versions = 0;

export function promotionInput(changes: Partial<PromoteModelInput> = {}): PromoteModelInput {
  versions += 1;
  return { project: 'tiny', model: 'points', version: versions, requestedBy: 'run/1', ...changes };
}

export function promote(
  room: StoryRoom,
  activities: Partial<Activities>,
  input = promotionInput(),
  meanwhile?: (handle: WorkflowHandle) => Promise<unknown>,
): Promise<Ended> {
  room.use(activities);
  const workflowId = workflowIds.promoteModel(input.project, input.model, input.version);
  return play(room, 'promoteModel', { workflowId, input }, meanwhile);
}

/** An opening that asks people in this round. */
export function asking(
  { project, model, version }: PromoteModelInput,
  round = 1,
  stages: readonly ApprovalStage[] = [approvalStage()],
): PromotionOpening {
  const subject = `${model}@${version}`;
  return {
    kind: 'ask',
    approval: workflowIds.requestApproval(project, subject, round),
    ends: [],
    request: {
      project,
      kind: 'promotion',
      subject,
      round,
      digests: { policy: `p${round}` },
      stages,
      authorSet: { authors: [], strangers: [], machineStarted: false },
      requestedBy: 'run/1',
    },
  };
}

/** Waits while time stands still: this server would skip between a word from one workflow to another and its arrival. */
async function closed(room: StoryRoom, workflowId: string): Promise<void> {
  await room.plainClient.workflow
    .getHandle(workflowId)
    .result()
    .catch(() => undefined);
}

/** One box for each round. */
export function inRounds(boxes: readonly BallotBox[]): Pick<Activities, 'settleVotes' | 'tellVoters'> {
  const of = (approval: string) => {
    const found = boxes[Number(approval.split('/').at(-1)) - 1]?.activities;
    if (!found?.settleVotes || !found.tellVoters) throw new Error(`there is no box for ${approval}`);
    return { settleVotes: found.settleVotes, tellVoters: found.tellVoters };
  };
  return {
    settleVotes: (input) => of(input.approval).settleVotes(input),
    tellVoters: (input) => of(input.approval).tellVoters(input),
  };
}

const asks: Activities['openPromotion'] = async (input) => asking(input);

/** Every way in which a promotion ends. */
export const promotionEndings: Readonly<Record<string, (room: StoryRoom) => Promise<Ended>>> = {
  'promote-model-promoted-by-programs-alone': (room) => promote(room, {}),
  'promote-model-promoted': (room) => promote(room, { openPromotion: asks }),
  'promote-model-promoted-by-an-approval-from-before': (room) =>
    promote(room, {
      openPromotion: async () => ({ kind: 'approved', approval: 'approval/tiny/points@1/1' }),
    }),
  'promote-model-promoted-in-a-second-round': (room) => {
    let round = 0;
    const openPromotion: Activities['openPromotion'] = async (input) => {
      round += 1;
      return asking(input, round);
    };
    const settleVotes: Activities['settleVotes'] = async ({ approval }) =>
      approval.endsWith('/1')
        ? settledAs({ outcome: 'void', reason: 'what it is about is no longer in force: policy' })
        : settledAs({ outcome: 'approved', reason: 'approved by bob', stage: 1 });
    return promote(room, { openPromotion, settleVotes });
  },
  'promote-model-promoted-after-an-older-one': (room) => {
    let asked = 0;
    const openPromotion: Activities['openPromotion'] = async () => {
      asked += 1;
      return asked === 1 ? { kind: 'wait', for: 1 } : { kind: 'programs-alone' };
    };
    return promote(room, { openPromotion }, promotionInput(), async (handle) => {
      await room.env.sleep('1 hour');
      await handle.signal('recheck');
    });
  },
  'promote-model-refused': (room) =>
    promote(room, {
      openPromotion: async () => ({ kind: 'over', status: 'refused', reason: 'the policy says fail' }),
    }),
  'promote-model-refused-by-the-transaction': (room) =>
    promote(room, { moveChampion: ends('NOT_TRACEABLE', 'a signature does not hold') }),
  'promote-model-rejected': (room) =>
    promote(room, {
      openPromotion: asks,
      settleVotes: async () => settledAs({ outcome: 'rejected', reason: 'rejected by bob' }),
      nextInLine: async () => [workflowIds.promoteModel('tiny', 'points', 999)],
    }),
  'promote-model-expired': (room) =>
    promote(room, { openPromotion: asks, settleVotes: async () => settledAs() }),
  'promote-model-expired-after-its-policy-changed': (room) => {
    const boxes = [new BallotBox(room, [patientStage]), new BallotBox(room, [patientStage])] as const;
    const [first, second] = boxes;
    let round = 0;
    const openPromotion: Activities['openPromotion'] = async (input) => {
      round += 1;
      return asking(input, round, [patientStage]);
    };
    const activities = { ...inRounds(boxes), openPromotion };
    return promote(room, activities, promotionInput(), async ({ workflowId }) => {
      await first.atRest(12);
      first.ended = { status: 'void', reason: 'what it is about is no longer in force: policy' };
      const approval = `${workflowId.replace(/^promote\/tiny\/points\//, 'approval/tiny/points@')}/1`;
      await room.plainClient.workflow.getHandle(approval).signal('recheck');
      await second.atRest(0);
    });
  },
  'promote-model-waiting': (room) => {
    const box = new BallotBox(room, [patientStage]);
    const input = promotionInput();
    room.use({ ...box.activities, openPromotion: async (given) => asking(given, 1, [patientStage]) });
    const workflowId = workflowIds.promoteModel(input.project, input.model, input.version);
    return playWaiting(room, 'promoteModel', { workflowId, input }, () => box.atRest(12));
  },
  'promote-model-superseded': (room) => {
    const box = new BallotBox(room);
    const input = promotionInput();
    return promote(room, { ...box.activities, openPromotion: asks }, input, async (handle) => {
      await box.atRest(1);
      box.ended = { status: 'superseded', reason: 'version 8 is newer' };
      const newer = promotionInput();
      const openPromotion: Activities['openPromotion'] = async () => ({
        ...(asking(input) as Extract<PromotionOpening, { kind: 'ask' }>),
        approval: workflowIds.requestApproval('tiny', `points@${newer.version}`, 1),
        ends: [workflowIds.requestApproval('tiny', `points@${input.version}`, 1)],
      });
      room.use({ ...box.activities, openPromotion });
      const workflowId = workflowIds.promoteModel('tiny', 'points', newer.version);
      await play(room, 'promoteModel', { workflowId, input: newer }, () => closed(room, handle.workflowId));
    });
  },
  'promote-model-cancelled': (room) => {
    const box = new BallotBox(room);
    const activities = { ...box.activities, openPromotion: asks };
    return promote(room, activities, promotionInput(), async (handle) => {
      await box.atRest(1);
      await handle.cancel();
      await closed(room, handle.workflowId);
    });
  },
  'promote-model-failed': (room) => promote(room, { signAttestation: ends('CONFIG_INVALID', 'it broke') }),
};
