import { MockActivityEnvironment } from '@temporalio/testing';
import { expect, it } from 'vitest';
import { checkParity } from '../../../activities/evaluation/check-parity.js';
import type { EvaluationDeps } from '../../../activities/evaluation/deps.js';
import { runInStep, type StepAttempt } from '../../../activities/steps/current-step.js';
import type { TrainingDeps } from '../../../activities/training/deps.js';
import { createTrainingActivities } from '../../../activities/training/training-activities.js';
import type { TrainCandidateInput } from '../../../domain/lifecycle/train-model.js';
import type { RunStore } from '../../../domain/ports/runs.js';
import { createMemoryBlobStore } from '../../fakes/memory-blob-store.js';

const attempt: StepAttempt = {
  runId: 'a-run',
  name: 'train',
  attempt: 1,
  scheduledAt: '2026-01-01T00:00:00.000Z',
  fence: 2,
  round: 1,
  before: {},
  inputs: {},
  reused: false,
  note: null,
};

/** A resumed training whose round before wrote no predictions; training again is told by asking for a secret. */
async function resumed(parity: object) {
  const blobs = createMemoryBlobStore();
  const training = { secrets: ['secret://any'] };
  const configuration = await blobs.putJson({ training, evaluation: { parity } });
  const model = await blobs.putJson('the model');
  const before = { model, predictions: null, notes: null, tier: 'uid', attempts: 1 };
  const runs = {
    storedResult: async () => ({ result: before }),
    updateStep: async () => undefined,
  } as unknown as RunStore;
  const secrets = { read: () => Promise.reject(new Error('it trains again')) };
  const { trainCandidate } = createTrainingActivities({
    blobs,
    secrets,
    workDir: '/nowhere',
  } as unknown as TrainingDeps);
  const plan = { configuration, inputs: { code: '1', training: '2', environment: '3' } };
  const input = { runId: 'a-run', plan, dataset: { digest: 'd' } } as unknown as TrainCandidateInput;
  const work = () => runInStep(runs, { ...attempt }, () => trainCandidate(input));
  return { before, ended: new MockActivityEnvironment().run(work) };
}

it('a resumed run uses a training without predictions again where the parity gate is waived', async () => {
  const { before, ended } = await resumed({ waive: 'it is a copy' });
  expect(await ended).toEqual(before);
});

it('a waiver that was taken back asks for the training again', async () => {
  const { ended } = await resumed({ tolerance: 0.00001 });
  await expect(ended).rejects.toThrow('it trains again');
});

it('no model passes the parity gate for want of predictions', async () => {
  const job = {
    configuration: { evaluation: { parity: { tolerance: 0.00001 }, inputs: ['a'] } },
    candidate: { predictions: null },
  };
  const asked = checkParity({} as EvaluationDeps, job as never, {} as never);
  await expect(asked).rejects.toMatchObject({ code: 'OUTPUT_MISSING' });
});
