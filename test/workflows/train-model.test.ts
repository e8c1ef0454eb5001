import { WorkflowFailedError } from '@temporalio/client';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import { endings, playEnding, train, trainInput } from './endings.js';
import { dataset, ends, planOf, untilCancelled } from './fake-activities.js';
import { happening } from './play.js';
import { sharedStoryRoom } from './shared-story-room.js';

const room = sharedStoryRoom({ maxCachedWorkflows: 50 });

const succeeded = { status: 'succeeded', reason: null, version: 7 };
const making = ['collectTables', 'buildDataset', 'proveDataset', 'publishDataset'] as const;
const afterDataset = [
  'trainCandidate',
  'evaluateCandidate',
  'registerCandidate',
  'freezeReference',
  'judgeVersion',
  'concludeRun',
] as const;

describe('trainModel', () => {
  it('goes from a commit to a registered version, on a dataset that is there', async () => {
    const { result } = await playEnding(room, 'train-model-succeeded');
    expect(result).toEqual(succeeded);
    expect(room.called()).toEqual(['prepareRun', ...afterDataset]);
    expect(room.given('trainCandidate')).toMatchObject({ dataset, plan: { commit: 'c' } });
    expect(room.given('registerCandidate')).toMatchObject({ judged: { evaluationId: 'e' } });
  });

  it('ends an experiment with its numbers, and registers nothing', async () => {
    const { result } = await playEnding(room, 'train-model-succeeded-as-an-experiment');
    expect(result).toEqual({ status: 'succeeded', reason: 'experiment/deep is an experiment branch' });
    const ended = ['prepareRun', 'trainCandidate', 'evaluateCandidate', 'endExperiment', 'concludeRun'];
    expect(room.called()).toEqual(ended);
  });

  it('has its dataset made by a child that works for the same run', async () => {
    const { result } = await playEnding(room, 'train-model-succeeded-with-a-new-dataset');
    expect(result).toEqual(succeeded);
    expect(room.called()).toEqual(['prepareRun', ...making, ...afterDataset]);
    const { runId } = room.given('prepareRun') as { runId: string };
    expect(room.given('buildDataset')).toMatchObject({ runId, key: 'k', name: 'points' });
  });

  it('leaves a candidate to its promotion, where a policy is in force', async () => {
    const { result } = await playEnding(room, 'train-model-succeeded-and-promoted');
    expect(result).toEqual(succeeded);
    expect(room.given('openPromotion')).toMatchObject({
      version: 7,
      requestedBy: expect.stringMatching(/^run\/./),
    });
    expect(room.called()).toContain('moveChampion');
  });

  it('waits for the dataset that another run is making', async () => {
    const { result } = await playEnding(room, 'train-model-succeeded-with-the-dataset-of-another');
    expect(result).toEqual(succeeded);
    expect(room.called().filter((name) => name === 'awaitDataset')).toHaveLength(1);
    expect(room.called().filter((name) => name === 'buildDataset')).toHaveLength(1);
  });

  it('makes the dataset itself where the other run gave up', async () => {
    const { result } = await playEnding(room, 'train-model-succeeded-where-another-gave-up');
    expect(result).toEqual(succeeded);
    const since = room.called().indexOf('awaitDataset');
    expect(room.called().slice(since)).toEqual(['awaitDataset', ...making, ...afterDataset]);
  });

  it.each([
    ['train-model-refused', 'PARITY_BROKEN: 3 rows differ'],
    ['train-model-refused-by-the-dataset', 'CONTRACT_BROKEN: 5 of 10 rows'],
  ])('ends as refused where a gate says no: %s', async (name, reason) => {
    const { result } = await playEnding(room, name);
    expect(result).toEqual({ status: 'refused', reason });
    expect(room.called().slice(-2)).toEqual(['closeRun', 'concludeRun']);
    expect(room.given('closeRun')).toMatchObject({ round: 0, status: 'refused', reason });
    expect(room.called()).not.toContain('registerCandidate');
  });

  it('ends as refused, with its version, where the policy says no', async () => {
    const { result } = await playEnding(room, 'train-model-refused-by-its-policy');
    const reason = 'POLICY_REFUSED: 0.27 is not at least 0.4';
    expect(result).toEqual({ status: 'refused', reason, version: 7 });
    expect(room.given('judgeVersion')).toMatchObject({ version: 7, judged: { evaluationId: 'e' } });
    expect(room.called().slice(-4)).toEqual(['freezeReference', 'judgeVersion', 'closeRun', 'concludeRun']);
  });

  it('ends as failed where the training fails, and judges nothing', async () => {
    const { result } = await playEnding(room, 'train-model-failed');
    const reason = 'TRAINING_FAILED: ended with exit code 3';
    expect(result).toEqual({ status: 'failed', reason });
    expect(room.called()).toEqual(['prepareRun', 'trainCandidate', 'closeRun', 'concludeRun']);
  });

  it('ends as failed where no worker with the accelerator comes before the deadline', async () => {
    const { result } = await playEnding(room, 'train-model-failed-for-want-of-capacity');
    expect(result).toMatchObject({ status: 'failed', reason: expect.stringMatching(/^CAPACITY_MISSING/) });
    expect(room.called()).toEqual(['prepareRun', 'closeRun', 'concludeRun']);
  });

  it('tries again what may come right', async () => {
    const { result } = await playEnding(room, 'train-model-succeeded-after-failed-attempts');
    expect(result).toEqual(succeeded);
    expect(room.called().filter((name) => name === 'trainCandidate')).toHaveLength(3);
  });

  it.each(Object.keys(endings).filter((name) => name.startsWith('train-model-cancelled')))(
    'closes the run, tells of it, and does nothing more, in the ending %s',
    async (name) => {
      const { failure } = await playEnding(room, name);
      expect(failure).toBeInstanceOf(WorkflowFailedError);
      expect((failure as WorkflowFailedError).cause).toBeInstanceOf(CancelledFailure);
      expect(room.given('closeRun')).toMatchObject({ status: 'cancelled', reason: 'cancelled' });
      const since = room.called().indexOf('closeRun');
      expect(room.called().slice(since + 1)).toEqual(['concludeRun']);
      expect(room.called()).not.toContain('registerCandidate');
    },
  );

  it('is not cancelled any more once it registers', async () => {
    const { result, handle } = await playEnding(room, 'train-model-succeeded-before-it-was-cancelled');
    expect(result).toEqual(succeeded);
    expect((await handle.describe()).status.name).toBe('COMPLETED');
    expect(room.called()).not.toContain('closeRun');
  });

  it('registers nothing where it was cancelled while the judgement came in', async () => {
    const { happened, now } = happening();
    room.use({ evaluateCandidate: untilCancelled(now, async () => ({ evaluationId: 'e', metrics: {} })) });
    const { failure } = await train(room, trainInput(), (handle) => happened.then(() => handle.cancel()));
    expect((failure as WorkflowFailedError).cause).toBeInstanceOf(CancelledFailure);
    expect(room.called()).toEqual([
      'prepareRun',
      'trainCandidate',
      'evaluateCandidate',
      'closeRun',
      'concludeRun',
    ]);
  });

  it('is cancelled where it was asked to stop, whatever its step said in the end', async () => {
    const { happened, now } = happening();
    room.use({ trainCandidate: untilCancelled(now, ends('TRAINING_FAILED', 'ended by SIGTERM')) });
    const { failure } = await train(room, trainInput(), (handle) => happened.then(() => handle.cancel()));
    expect((failure as WorkflowFailedError).cause).toBeInstanceOf(CancelledFailure);
    expect(room.given('closeRun')).toMatchObject({ status: 'cancelled' });
  });

  it.each([
    ['succeeded', {}, succeeded],
    ['failed', { trainCandidate: ends('TRAINING_FAILED', 'a defect') }, { status: 'failed' }],
  ])('that %s ends so, though nobody can be told of it', async (_status, fakes, wanted) => {
    room.use({ ...fakes, concludeRun: ends('GIT_NOT_FOUND', 'its commit is gone') });
    const { result } = await train(room);
    expect(result).toMatchObject(wanted);
    expect(room.called().filter((name) => name === 'concludeRun')).toHaveLength(1);
    if (wanted === succeeded) expect(room.called()).not.toContain('closeRun');
  });

  it('confirms the new data that it is about, once its dataset is there', async () => {
    room.use({ prepareRun: async () => planOf({ hasNewData: true }) });
    const input = trainInput();
    const { result } = await train(room, input);
    expect(result).toEqual(succeeded);
    expect(room.called()).toEqual(['prepareRun', 'confirmData', ...afterDataset]);
    expect(room.given('confirmData')).toEqual({ runId: input.runId, dataset });
  });

  it('goes on in a new round under the same id', async () => {
    room.use({ trainCandidate: ends('TRAINING_FAILED', 'a defect') });
    const first = trainInput();
    const { handle } = await train(room, first);
    room.use({});
    const again = await train(room, { ...first, round: 1 });
    expect(again.handle.workflowId).toBe(handle.workflowId);
    expect(again.result).toEqual(succeeded);
    expect(room.given('trainCandidate')).toMatchObject({ runId: first.runId, round: 1 });
  });

  it('gives up where the next try would come too late, and tells why', async () => {
    room.use({
      prepareRun: async () => {
        const type = 'PART_UNAVAILABLE';
        throw ApplicationFailure.create({ type, message: 'no answer', nextRetryDelay: '2 days' });
      },
    });
    const { result } = await train(room);
    expect(result).toEqual({ status: 'failed', reason: 'PART_UNAVAILABLE: no answer' });
  });
});
