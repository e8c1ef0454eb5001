import type { ModelConfig, TrainedConfig } from '../../domain/config/model.js';
import { withVariant } from '../../domain/config/model-variant.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { DatasetVersionRef, RunPlan, TrainModelInput } from '../../domain/lifecycle/train-model.js';
import { queues } from '../../domain/names.js';
import { experimentBranch } from '../../domain/triggers/experiment-branch.js';
import { digestOf } from '../data/digest.js';
import { type DatasetHit, type DatasetPlan, planDataset } from '../data/index.js';
import { note, reportProgress } from '../steps/current-step.js';
import { environmentSpec } from '../training/environment-spec.js';
import type { RunDeps } from './deps.js';
import { modelPathOf, readModelConfig } from './repository-files.js';

const minuteMs = 60_000;

/** Decides from one commit what the run does: configuration, dataset, queue, and the digests its steps depend on. */
export async function prepareRun(deps: RunDeps, input: TrainModelInput): Promise<RunPlan> {
  const [run, project] = await Promise.all([deps.runs.get(input.runId), deps.projects.get(input.project)]);
  const { repo } = project;
  const commit = run.commit ?? (await deps.git.resolve(repo, run.ref)).id;
  await deps.runs.setCommit(run.id, commit);
  reportProgress(`reading ${input.model} at ${commit.slice(0, 12)}`);

  const modelPath = await modelPathOf(deps.git, { repo, commit, ...input });
  const at = { project: input.project, repo, commit, modelPath };
  const model = chooseVariant(await readModelConfig(deps.git, { ...at, model: input.model }), run.variant);
  reportProgress(`looking whether dataset ${model.dataset.name} has changed`);
  const [dataset, environment, code, configuration] = await Promise.all([
    planDataset(deps, at, run.id),
    environmentSpec(deps.git, at, model.training).then((spec) => deps.environments.digest(spec)),
    deps.git.treeId(repo, commit, model.training.path),
    deps.blobs.putJson(trainedPart(model)),
  ]);
  if (code === undefined) throw noCode(model.training.path, commit);
  if (dataset.hit) note(reuseOf(dataset.name, dataset.hit));

  const { training, evaluation, purpose } = model;
  const gpu = training.accelerator === 'gpu';
  return {
    repo,
    commit,
    modelPath,
    configuration,
    dataset: { ...dataset, hit: hitOf(dataset) },
    queue: gpu ? queues.gpu : queues.cpu,
    capacityDeadlineMs: gpu ? training.capacityDeadlineMinutes * minuteMs : null,
    trainingDeadlineMs: training.limits.minutes * minuteMs,
    experiment: experimentBranch(run.ref, project),
    hasNewData: run.causes.some(({ kind }) => kind === 'new-data'),
    inputs: {
      code,
      training: digestOf({
        ...training,
        variants: {},
        inputs: evaluation.inputs,
        task: evaluation.task,
        output: evaluation.output,
      }),
      environment,
      evaluation: digestOf(evaluation),
      purpose: digestOf(purpose),
    },
  };
}

function reuseOf(name: string, { version, adoptedFrom }: DatasetHit): string {
  if (adoptedFrom === null) return `dataset ${name}@${version} is there and is used again`;
  const from = `${adoptedFrom.name}@${adoptedFrom.version} of project ${adoptedFrom.project}`;
  return `reuses ${from} as dataset ${name}@${version}: the same definition, sources and content`;
}

function hitOf({ name, hit }: DatasetPlan): DatasetVersionRef | null {
  return hit && { name, version: hit.version, digest: hit.digest };
}

/** Of a model that is served, watched or valued otherwise the digest stays the same. */
function trainedPart({ serving: _, monitoring: __, value: ___, ...trained }: ModelConfig): TrainedConfig {
  return trained;
}

function chooseVariant(model: ModelConfig, variant: string | null): ModelConfig {
  const chosen = withVariant(model, variant);
  if (chosen) return chosen;
  const known = Object.keys(model.training.variants);
  throw new RatchetError(
    'CONFIG_INVALID',
    `model ${model.model} has no variant "${variant}"; it has ${known.length === 0 ? 'none' : known.join(', ')}`,
    { variant, known },
  );
}

function noCode(path: string, commit: string): RatchetError {
  return new RatchetError(
    'CONFIG_MISSING',
    `training.path names ${path}, which is not in the repository at ${commit}`,
    { path, commit },
  );
}
