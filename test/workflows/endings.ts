import type { WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { IngestDatasetInput } from '../../domain/lifecycle/ingest-dataset.js';
import type { TrainModelInput } from '../../domain/lifecycle/train-model.js';
import { queues, workflowIds } from '../../domain/names.js';
import { approvalEndings } from './approval-endings.js';
import { changeEndings, outlivedEndings } from './change-endings.js';
import {
  type Activities,
  type ActivityName,
  ends,
  missPlan,
  planOf,
  untilCancelled,
  wellDone,
} from './fake-activities.js';
import { lineEndings } from './line-endings.js';
import { monitoringEndings } from './monitoring-endings.js';
import { openedEndings } from './opened-endings.js';
import { type Ended, happening, play } from './play.js';
import { promotionEndings } from './promotion-endings.js';
import { releaseEndings } from './release-endings.js';
import { shortEndings } from './short-endings.js';
import type { StoryRoom } from './story-room.js';
import { triggerEndings } from './trigger-endings.js';
import { watchEndings } from './watch-endings.js';

const cancellable = [
  'prepareRun',
  'awaitDataset',
  'buildDataset',
  'trainCandidate',
  'evaluateCandidate',
] as const satisfies readonly ActivityName[];

let runs = 0;

export function trainInput(round = 0, runId = `run-${++runs}`): TrainModelInput {
  return { project: 'tiny', model: 'points', runId, round };
}

const ingestInput: IngestDatasetInput = {
  project: 'tiny',
  runId: 'run-0',
  round: 0,
  repo: '/repo',
  commit: 'c',
  modelPath: 'm',
  name: 'points',
  key: 'k',
  fingerprints: { points: 'f' },
};
export const ingestId = workflowIds.ingestDataset('tiny', 'points', 'f');

export function train(
  room: StoryRoom,
  input = trainInput(),
  meanwhile?: (handle: WorkflowHandle) => Promise<unknown>,
): Promise<Ended> {
  const workflowId = workflowIds.trainModel(input.project, input.model, input.runId);
  return play(room, 'trainModel', { workflowId, input }, meanwhile);
}

async function cancelledAt(room: StoryRoom, step: (typeof cancellable)[number]): Promise<Ended> {
  const { happened, now } = happening();
  const plan = step === 'buildDataset' || step === 'awaitDataset' ? missPlan : planOf();
  const others: Partial<Activities> =
    step === 'awaitDataset' ? { buildDataset: untilCancelled(() => undefined) } : {};
  room.use({ prepareRun: async () => plan, ...others, [step]: untilCancelled(now) });
  const other = step === 'awaitDataset' ? await startOther(room) : undefined;
  const ended = await train(room, trainInput(), async (handle) => {
    await happened;
    await handle.cancel();
  });
  await other?.cancel();
  await other?.result().catch(() => undefined);
  return ended;
}

/** Another run's child that makes the dataset of `missPlan`. */
export function startOther(room: StoryRoom): Promise<WorkflowHandle> {
  return room.env.client.workflow.start('ingestDataset', {
    workflowId: ingestId,
    taskQueue: queues.orchestrator,
    args: [ingestInput],
  });
}

/** One case for each way in which each story can end, by the name of its recorded history. */
export const endings: Readonly<Record<string, (room: StoryRoom) => Promise<Ended>>> = {
  'train-model-succeeded': (room) => {
    room.use({});
    return train(room);
  },
  'train-model-succeeded-as-an-experiment': (room) => {
    room.use({ prepareRun: async () => planOf({ experiment: 'experiment/deep' }) });
    return train(room);
  },
  'train-model-succeeded-with-a-new-dataset': (room) => {
    room.use({ prepareRun: async () => missPlan });
    return train(room);
  },
  'train-model-succeeded-on-new-data': (room) => {
    room.use({ prepareRun: async () => planOf({ hasNewData: true }) });
    return train(room);
  },
  'train-model-cancelled-and-told-of': (room) => cancelledAt(room, 'trainCandidate'),
  'train-model-succeeded-and-nobody-was-told': (room) => {
    room.use({ concludeRun: ends('GIT_NOT_FOUND', 'its commit is gone') });
    return train(room);
  },
  'train-model-succeeded-with-the-dataset-of-another': async (room) => {
    const { happened, now } = happening();
    room.use({
      prepareRun: async () => missPlan,
      buildDataset: (input) => happened.then(() => wellDone.buildDataset(input)),
    });
    const other = await startOther(room);
    const ended = await train(room);
    now();
    await other.result();
    return ended;
  },
  'train-model-succeeded-where-another-gave-up': async (room) => {
    const other = happening();
    let builds = 0;
    room.use({
      prepareRun: async () => missPlan,
      buildDataset: (input) => {
        builds += 1;
        return builds === 1
          ? other.happened.then(ends('CONTRACT_BROKEN', 'too many rows'))
          : wellDone.buildDataset(input);
      },
      awaitDataset: async ({ workflowId }) => {
        other.now();
        await room.plainClient.workflow
          .getHandle(workflowId)
          .result()
          .catch(() => undefined);
        return null;
      },
    });
    await startOther(room);
    return train(room);
  },
  'train-model-refused': (room) => {
    room.use({ evaluateCandidate: ends('PARITY_BROKEN', '3 rows differ') });
    return train(room);
  },
  'train-model-refused-by-its-policy': (room) => {
    room.use({ judgeVersion: ends('POLICY_REFUSED', '0.27 is not at least 0.4') });
    return train(room);
  },
  'train-model-refused-by-the-dataset': (room) => {
    room.use({ prepareRun: async () => missPlan, buildDataset: ends('CONTRACT_BROKEN', '5 of 10 rows') });
    return train(room);
  },
  'train-model-failed': (room) => {
    room.use({ trainCandidate: ends('TRAINING_FAILED', 'ended with exit code 3') });
    return train(room);
  },
  'train-model-failed-for-want-of-capacity': (room) => {
    // The server skips no time while an activity waits for a worker.
    room.use({ prepareRun: async () => planOf({ queue: 'gpu', capacityDeadlineMs: 300 }) });
    return train(room);
  },
  'train-model-succeeded-after-failed-attempts': (room) => {
    let attempts = 0;
    const trainCandidate: (typeof wellDone)['trainCandidate'] = async (input) => {
      attempts += 1;
      if (attempts < 3) throw ApplicationFailure.retryable('killed', 'TRAINING_KILLED');
      return wellDone.trainCandidate(input);
    };
    room.use({ trainCandidate });
    return train(room);
  },
  ...Object.fromEntries(
    cancellable.map((step) => [
      `train-model-cancelled-in-${step.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
      (room: StoryRoom) => cancelledAt(room, step),
    ]),
  ),
  'train-model-succeeded-before-it-was-cancelled': (room) => {
    const [began, asked] = [happening(), happening()];
    room.use({
      registerCandidate: async (input) => {
        began.now();
        await asked.happened;
        return wellDone.registerCandidate(input);
      },
    });
    return train(room, trainInput(), async (handle) => {
      await began.happened;
      await handle.cancel();
      asked.now();
    });
  },
  'ingest-dataset-published': (room) => {
    room.use({});
    return play(room, 'ingestDataset', { workflowId: ingestId, input: ingestInput });
  },
  'ingest-dataset-refused': (room) => {
    room.use({ proveDataset: ends('LEAKAGE', 'rows at the cut changed') });
    return play(room, 'ingestDataset', { workflowId: ingestId, input: ingestInput });
  },
  'ingest-dataset-cancelled': (room) => {
    const { happened, now } = happening();
    room.use({ collectTables: untilCancelled(now) });
    return play(room, 'ingestDataset', { workflowId: ingestId, input: ingestInput }, async (handle) => {
      await happened;
      await handle.cancel();
    });
  },
  ...shortEndings,
  ...approvalEndings,
  ...changeEndings,
  ...promotionEndings,
  ...releaseEndings,
  ...openedEndings,
  ...watchEndings,
  ...monitoringEndings,
  ...lineEndings,
  ...triggerEndings,
  ...outlivedEndings,
  'train-model-succeeded-and-promoted': async (room) => {
    const judged = { version: 7, verdictId: 'v', policyDigest: 'p', isPromotable: true };
    room.use({ judgeVersion: async () => judged });
    const ended = await train(room);
    // It outlives the training, and belongs to the last ones for that. The next ending must not meet it.
    await room.env.client.workflow.getHandle(workflowIds.promoteModel('tiny', 'points', 7)).result();
    return ended;
  },
};

/** Plays one of `endings`. */
export function playEnding(room: StoryRoom, name: string): Promise<Ended> {
  const ending = endings[name];
  if (ending === undefined)
    throw new Error(`there is no ending ${name}; there are ${Object.keys(endings).join(', ')}`);
  return ending(room);
}
