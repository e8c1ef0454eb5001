import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrainedCandidate } from '../../domain/lifecycle/train-model.js';
import type { Environment } from '../../domain/ports/environments.js';
import { currentStep, reportProgress } from '../steps/current-step.js';
import { patiently } from '../steps/patiently.js';
import { allEnded } from './all-ended.js';
import { checkpointPrefix, restoreCheckpoints } from './checkpoints.js';
import type { TrainingDeps } from './deps.js';
import { environmentSpec } from './environment-spec.js';
import { keepLog } from './keep-log.js';
import { launchTrainer } from './launch-trainer.js';
import { stageOutputs } from './outputs.js';
import { withRedactedErrors } from './redacted-errors.js';
import { createRedactor } from './redactor.js';
import { takeDevices } from './take-devices.js';
import { prepareInput } from './training-input.js';
import type { TrainingJob, Workspace } from './training-job.js';
import { trainingSecrets } from './training-secrets.js';

/** One attempt: a working copy, the environment, the data, the command, what it left. The working copy goes in every ending. */
export async function runTraining(
  deps: TrainingDeps,
  job: TrainingJob,
  signal: AbortSignal,
): Promise<TrainedCandidate> {
  const { fence, attempt } = currentStep();
  const space = workspaceAt(join(deps.workDir, `${job.runId}-${fence}`));
  const secrets = await trainingSecrets(deps.secrets, job.configuration.training);
  const redactor = createRedactor(Object.values(secrets));
  const devices = await takeDevices(deps, job, signal);
  const work = async () => {
    const environment = await prepareEnvironment(deps, job, signal);
    await fillWorkspace(deps, job, space);
    const how = { space, environment, devices: devices.ids, fence, secrets, redactor };
    const launched = launchTrainer(deps, job, how, signal);
    const log = { step: 'train', path: space.log, redactor };
    const logKept = launched.catch(() => undefined).then(() => keepLog(deps, job.runId, log, signal));
    const staged = launched.then(({ tier }) => {
      reportProgress('keeping what the training wrote');
      const folders = { from: space.output, to: `runs/${job.runId}/output/${fence}` };
      const about = { tier, attempts: attempt };
      return patiently(signal, () => stageOutputs(deps.blobs, { ...job, redactor }, folders, about));
    });
    await allEnded([staged, logKept]);
    return await staged;
  };
  try {
    return await withRedactedErrors(redactor, work);
  } finally {
    devices.release();
    await rm(space.root, { recursive: true, force: true });
  }
}

function workspaceAt(root: string): Workspace {
  const output = join(root, 'output');
  return {
    root,
    code: join(root, 'code'),
    input: join(root, 'input'),
    output,
    checkpoints: join(output, 'checkpoints'),
    log: join(root, 'train.log'),
  };
}

async function prepareEnvironment(
  deps: TrainingDeps,
  job: TrainingJob,
  signal: AbortSignal,
): Promise<Environment> {
  const spec = await environmentSpec(deps.git, job.plan, job.configuration.training);
  return deps.environments.prepare(spec, { signal, onLine: reportInstalling });
}

async function fillWorkspace(deps: TrainingDeps, job: TrainingJob, space: Workspace): Promise<void> {
  await Promise.all(
    [space.code, space.input, space.checkpoints].map((dir) => mkdir(dir, { recursive: true })),
  );
  const { path } = job.configuration.training;
  await allEnded([
    deps.git.checkOut(job.plan.repo, job.plan.commit, path, space.code),
    prepareInput(deps, job, space.input),
    restoreCheckpoints(deps.blobs, checkpointPrefix(job.runId, job.inputs), space.checkpoints),
  ]);
}

/** Of all that an installer says, which package it is at. */
function reportInstalling(line: string): void {
  const name = /^Collecting ([^\s(]+)/.exec(line)?.[1];
  if (name !== undefined) reportProgress(`making the environment: ${name}`);
}
