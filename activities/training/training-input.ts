import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readManifest } from '../data/read-manifest.js';
import { reportProgress } from '../steps/current-step.js';
import type { TrainingDeps } from './deps.js';
import { writeParityRows } from './parity-rows.js';
import type { TrainingJob } from './training-job.js';
import { typedInputs } from './typed-inputs.js';

/**
 * Fills `RATCHET_INPUT`: the train and validation rows, the rows to answer for the parity gate, parameters and schema.
 * The test split is not among them.
 */
export async function prepareInput(deps: TrainingDeps, job: TrainingJob, folder: string): Promise<void> {
  reportProgress('fetching the dataset');
  const manifest = await readManifest(deps, job);
  const validation = join(folder, 'validation.parquet');
  await Promise.all([
    deps.blobs.fetchFile(manifest.files.train, join(folder, 'train.parquet')),
    deps.blobs.fetchFile(manifest.files.validation, validation),
  ]);
  const { training, evaluation, dataset } = job.configuration;
  const columns = manifest.columns.map(({ name, type }) => ({ name, type }));
  const inputs = typedInputs(manifest, evaluation.inputs);
  await writeParityRows(validation, inputs, join(folder, 'parity.parquet'));
  const params = {
    algorithm: training.algorithm,
    hyperparameters: training.hyperparameters,
    seed: training.seed,
    task: evaluation.task,
    inputs,
    label: dataset.label ?? null,
    output: evaluation.output,
  };
  await writeFile(join(folder, 'params.json'), `${JSON.stringify(params, null, 2)}\n`);
  await writeFile(join(folder, 'schema.json'), `${JSON.stringify({ columns }, null, 2)}\n`);
}
