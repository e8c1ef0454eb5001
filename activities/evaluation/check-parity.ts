import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { GateResult } from '../../domain/lineage/evaluation-report.js';
import { compareNumbers, type Parity } from '../../domain/lineage/parity.js';
import type { DatasetManifest } from '../../domain/ports/datasets.js';
import type { OpenModel } from '../../inference/model-host.js';
import { readColumns, readForeignColumns } from '../adapters/duckdb/index.js';
import { currentStep } from '../steps/current-step.js';
import { writeParityRows } from '../training/parity-rows.js';
import { typedInputs } from '../training/typed-inputs.js';
import type { EvaluationDeps } from './deps.js';
import type { EvaluationJob } from './evaluation-job.js';
import { columnsOf } from './model-columns.js';
import { scoreOf } from './task-output.js';

interface Opened {
  readonly manifest: DatasetManifest;
  readonly model: OpenModel;
  readonly folder: string;
}

/**
 * The parity gate: what the trained model said against what its ONNX file says, on the validation rows, on unseen
 * categories and on nulls. Errors: `PARITY_BROKEN` with the rows furthest apart, `OUTPUT_INVALID`,
 * `OUTPUT_MISSING` where the model's own answers are not there and nobody waived them.
 */
export async function checkParity(
  deps: EvaluationDeps,
  job: EvaluationJob,
  { manifest, model, folder }: Opened,
): Promise<GateResult> {
  const { parity: gate, inputs } = job.configuration.evaluation;
  if (gate.waive !== undefined) {
    return { gate: 'parity', verdict: 'inconclusive', text: `waived: ${gate.waive}` };
  }
  if (job.candidate.predictions === null) throw unsaid();
  const validation = join(folder, 'validation.parquet');
  const rows = join(folder, 'parity.parquet');
  const predictions = join(folder, 'validation_predictions.parquet');
  await Promise.all([
    deps.blobs.fetchFile(manifest.files.validation, validation),
    deps.blobs.fetchFile(job.candidate.predictions, predictions),
  ]);
  await writeParityRows(validation, typedInputs(manifest, inputs), rows);
  const [asked, said] = await Promise.all([
    readColumns(rows, inputs),
    readPredictions(deps, predictions, folder),
  ]);
  const answers = await model.run(columnsOf(asked), { order: inputs });
  const got = scoreOf(job.configuration.evaluation, answers);
  const relative = job.configuration.evaluation.task === 'classification' ? 0 : gate.tolerance;
  const parity = compareNumbers(said, got, { absolute: gate.tolerance, relative });
  if (parity.verdict !== 'pass') throw broken(parity, gate.tolerance);
  return {
    gate: 'parity',
    verdict: 'pass',
    text: `${parity.rows} rows, unseen categories and nulls among them: the largest difference is ${parity.maxDifference.toExponential(1)}, allowed is ${gate.tolerance}`,
  };
}

/** Foreign code wrote the file, so it is read in the sandbox. */
async function readPredictions(deps: EvaluationDeps, path: string, folder: string): Promise<Float64Array> {
  const { runId, fence } = currentStep();
  const scratch = join(folder, 'predictions');
  await mkdir(scratch);
  const [column] = await readForeignColumns(deps.launcher, {
    path,
    columns: ['prediction'],
    folder: scratch,
    key: `evaluate/${runId}`,
    fence,
  });
  if (!column || !(column.values instanceof Float64Array)) {
    throw new RatchetError(
      'OUTPUT_INVALID',
      'validation_predictions.parquet has no numeric column "prediction"; it holds one number for each row of parity.parquet, in that order',
    );
  }
  return column.values;
}

function unsaid(): RatchetError {
  const text =
    'the training wrote no validation_predictions.parquet, and the parity gate is not waived: nothing says what the trained model answers';
  return new RatchetError('OUTPUT_MISSING', text, { missing: 'validation_predictions.parquet' });
}

function broken(parity: Parity, tolerance: number): RatchetError {
  const said = parity.findings.map(({ text }) => text).join('; ');
  return new RatchetError('PARITY_BROKEN', said, {
    refusals: [
      {
        what: 'model.onnx',
        rule: 'parity',
        actual: `${parity.differing} rows differ, at most by ${parity.maxDifference.toPrecision(3)}`,
        limit: String(tolerance),
      },
    ],
    worst: parity.worst,
  });
}
