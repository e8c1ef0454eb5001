import { workflowIds } from '../../domain/names.js';
import { ends } from './fake-activities.js';
import { type Ended, play } from './play.js';
import type { StoryRoom } from './story-room.js';

const applying = { workflowId: workflowIds.applyRepository('/repo'), input: { repo: '/repo', ref: 'main' } };

const span = ['2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z'] as const;
const replaying = {
  workflowId: workflowIds.replayAnswers('tiny', 'live', ...span),
  input: { project: 'tiny', endpoint: 'live', from: span[0], to: span[1], mostRows: 100 },
};

const planning = {
  workflowId: workflowIds.planProject('tiny', 'deeper'),
  input: { project: 'tiny', ref: 'deeper' },
};

const tagging = {
  workflowId: workflowIds.tagDataset('tiny', 'points', 'far'),
  input: { project: 'tiny', name: 'points', version: 3, tag: 'far', where: 'x > 3' },
};

/** Every way in which the stories of a step or two end. */
export const shortEndings: Readonly<Record<string, (room: StoryRoom) => Promise<Ended>>> = {
  'apply-project-applied': (room) => {
    room.use({});
    return play(room, 'applyProject', applying);
  },
  'apply-project-declared-schedules': (room) => {
    room.use({ declareSchedules: async () => ({ created: ['s'], updated: [], putBack: [], removed: [] }) });
    return play(room, 'applyProject', applying);
  },
  'apply-project-failed-to-declare-schedules': (room) => {
    room.use({ declareSchedules: ends('INTERNAL', 'it broke') });
    return play(room, 'applyProject', applying);
  },
  'apply-project-refused': (room) => {
    room.use({ readProject: ends('CONFIG_INVALID', 'models is missing') });
    return play(room, 'applyProject', applying);
  },
  'plan-project-planned': (room) => {
    room.use({});
    return play(room, 'planProject', planning);
  },
  'plan-project-refused': (room) => {
    room.use({ readPlan: ends('CONFIG_INVALID', 'models is missing') });
    return play(room, 'planProject', planning);
  },
  'rebuild-dataset-equal': (room) => {
    room.use({});
    const input = { project: 'tiny', name: 'points', version: 3 };
    return play(room, 'rebuildDataset', {
      workflowId: workflowIds.rebuildDataset('tiny', 'points', 3),
      input,
    });
  },
  'rebuild-dataset-refused': (room) => {
    room.use({ rebuildVersion: ends('DATASET_NOT_FOUND', 'there is no version 4') });
    const input = { project: 'tiny', name: 'points', version: 4 };
    return play(room, 'rebuildDataset', {
      workflowId: workflowIds.rebuildDataset('tiny', 'points', 4),
      input,
    });
  },
  'replay-answers-compared': (room) => {
    room.use({});
    return play(room, 'replayAnswers', replaying);
  },
  'replay-answers-refused': (room) => {
    room.use({ replayRecorded: ends('MODEL_LOAD', 'the model file cannot be read') });
    return play(room, 'replayAnswers', replaying);
  },
  'tag-dataset-tagged': (room) => {
    room.use({});
    return play(room, 'tagDataset', tagging);
  },
  'tag-dataset-refused': (room) => {
    room.use({ tagSubset: ends('DATASET_SQL', 'the condition selects none of the 9 rows') });
    return play(room, 'tagDataset', tagging);
  },
  'reconcile-runs-done': (room) => {
    room.use({});
    return play(room, 'reconcileRuns', { workflowId: workflowIds.platform('reconcile-runs') });
  },
  'reconcile-runs-woke-who-waits': (room) => {
    room.use({ wakeWaiting: async () => 2 });
    return play(room, 'reconcileRuns', { workflowId: workflowIds.platform('reconcile-runs') });
  },
  'reconcile-runs-told-of-a-closed-one': (room) => {
    room.use({ reconcileOpenRuns: async () => ({ checked: 2, mended: 1, closed: ['r'] }) });
    return play(room, 'reconcileRuns', { workflowId: workflowIds.platform('reconcile-runs') });
  },
  'reconcile-runs-failed': (room) => {
    room.use({ reconcileOpenRuns: ends('INTERNAL', 'it broke') });
    return play(room, 'reconcileRuns', { workflowId: workflowIds.platform('reconcile-runs') });
  },
  'sweep-blobs-done': (room) => {
    room.use({});
    return play(room, 'sweepBlobs', { workflowId: workflowIds.platform('sweep-blobs') });
  },
  'sweep-blobs-failed': (room) => {
    room.use({ sweepStaging: ends('INTERNAL', 'it broke') });
    return play(room, 'sweepBlobs', { workflowId: workflowIds.platform('sweep-blobs') });
  },
  'maintain-partitions-done': (room) => {
    room.use({});
    return play(room, 'maintainPartitions', { workflowId: workflowIds.platform('maintain-partitions') });
  },
  'maintain-partitions-failed': (room) => {
    room.use({ dropPredictionDays: ends('INTERNAL', 'it broke') });
    return play(room, 'maintainPartitions', { workflowId: workflowIds.platform('maintain-partitions') });
  },
  'checkpoint-audit-signed': (room) => {
    room.use({});
    return play(room, 'checkpointAudit', { workflowId: workflowIds.platform('checkpoint-audit') });
  },
  'checkpoint-audit-refused': (room) => {
    room.use({ signCheckpoint: ends('AUDIT_BROKEN', 'rows after it are gone') });
    return play(room, 'checkpointAudit', { workflowId: workflowIds.platform('checkpoint-audit') });
  },
};
