import { join } from 'node:path';
import type { Environment } from '../../domain/ports/environments.js';
import type { LaunchResult, LaunchSpec } from '../../domain/ports/launcher.js';
import { reportProgress } from '../steps/current-step.js';
import { checkpointPrefix, createCheckpointKeeper } from './checkpoints.js';
import type { TrainingDeps } from './deps.js';
import { followMetrics } from './follow-metrics.js';
import { linkEnvironment } from './link-environment.js';
import { trainingOutcome } from './outcome.js';
import { withRedactedErrors } from './redacted-errors.js';
import type { Redactor } from './redactor.js';
import { repeat } from './repeat.js';
import type { TrainingJob, Workspace } from './training-job.js';

interface Attempt {
  readonly space: Workspace;
  readonly environment: Environment;
  readonly devices: readonly string[];
  readonly fence: number;
  /** What the command gets beside the contract's variables. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Takes those secrets out of what the command says. */
  readonly redactor: Redactor;
}

const mebibyte = 1024 * 1024;

/** How often the checkpoint folder is looked at. */
const checkpointIntervalMs = 3000;

/**
 * Runs the model's command to its end. Its metrics reach the run while it runs, its checkpoints staging, neither with a
 * secret that it was given; its log lies in the workspace as it is.
 */
export async function launchTrainer(
  deps: TrainingDeps,
  job: TrainingJob,
  at: Attempt,
  signal: AbortSignal,
): Promise<LaunchResult> {
  await linkEnvironment(at.environment, at.space.code);
  const what = `training ${job.configuration.training.algorithm}`;
  reportProgress(what);
  const spec = launchSpec(job, at);
  const prefix = checkpointPrefix(job.runId, job.inputs);
  const keeper = createCheckpointKeeper(deps.blobs, prefix, at.space.checkpoints, at.redactor);
  const save = () => withRedactedErrors(at.redactor, () => keeper.save());
  const checkpoints = repeat('keeping checkpoints', checkpointIntervalMs, save, signal);
  const metricsFile = {
    path: join(at.space.output, 'metrics.jsonl'),
    redactor: at.redactor,
    tell: (newest: string) => reportProgress(`${what}, ${newest}`),
  };
  const metrics = followMetrics(deps.runs, job.runId, metricsFile, signal);
  try {
    const result = await deps.launcher.launch({ ...spec, logFile: at.space.log }, signal);
    signal.throwIfAborted();
    const kills = (deps.kills.get(job.runId) ?? 0) + 1;
    const said = { ...result, tail: at.redactor.tail(result.tail) };
    const failure = trainingOutcome(said, job.configuration.training.limits, kills);
    if (failure?.code === 'TRAINING_KILLED') deps.kills.set(job.runId, kills);
    else deps.kills.delete(job.runId);
    if (failure) throw failure;
    return result;
  } finally {
    await Promise.all([checkpoints.stop(), metrics.stop()]);
  }
}

function launchSpec(job: TrainingJob, at: Attempt): LaunchSpec {
  const { training } = job.configuration;
  const { limits } = training;
  return {
    key: `train/${job.runId}`,
    fence: at.fence,
    command: training.command,
    cwd: at.space.code,
    env: {
      ...at.environment.env,
      LANG: 'C.UTF-8',
      RATCHET_INPUT: at.space.input,
      RATCHET_OUTPUT: at.space.output,
      RATCHET_RUN: job.runId,
      CUDA_VISIBLE_DEVICES: at.devices.join(','),
      ...at.secrets,
    },
    readOnly: [at.space.input, ...at.environment.readOnly],
    writable: [at.space.code, at.space.output],
    network: training.network,
    leastTier: training.leastIsolation,
    limits: {
      wallMs: limits.minutes * 60_000,
      memoryBytes: limits.memoryMiB * mebibyte,
      diskBytes: limits.diskMiB * mebibyte,
      processes: limits.processes,
      outputBytes: limits.outputMiB * mebibyte,
    },
  };
}
