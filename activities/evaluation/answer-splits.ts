import { join } from 'node:path';
import type { EvaluationConfig } from '../../domain/config/model.js';
import type { EvaluationInput, SplitInput } from '../../domain/metrics/evaluation-input.js';
import type { DatasetManifest } from '../../domain/ports/datasets.js';
import type { OpenModel } from '../../inference/model-host.js';
import { type Column, readColumns } from '../adapters/duckdb/index.js';
import type { EvaluationDeps } from './deps.js';
import type { EvaluationJob } from './evaluation-job.js';
import { columnsOf } from './model-columns.js';
import { scoreOf } from './task-output.js';

type Split = keyof DatasetManifest['files'];

interface Opened {
  readonly manifest: DatasetManifest;
  readonly model: OpenModel;
  readonly folder: string;
}

/** The model's answers on every split, beside labels, blocks and slices. */
export async function answerSplits(
  deps: EvaluationDeps,
  job: EvaluationJob,
  opened: Opened,
): Promise<EvaluationInput> {
  const { evaluation, training } = job.configuration;
  const answer = (split: Split) => answerSplit(deps, job, opened, split);
  const [train, validation, test] = await Promise.all([
    answer('train'),
    answer('validation'),
    answer('test'),
  ]);
  return {
    task: evaluation.task,
    splits: { train, validation, test },
    sliceLeast: evaluation.sliceLeast,
    seed: training.seed,
  };
}

async function answerSplit(
  deps: EvaluationDeps,
  { configuration }: EvaluationJob,
  { manifest, model, folder }: Opened,
  split: Split,
): Promise<SplitInput> {
  const { evaluation, dataset } = configuration;
  const path = join(folder, `${split}-rows.parquet`);
  await deps.blobs.fetchFile(manifest.files[split], path);
  return answerRows(model, { evaluation, label: dataset.label }, path);
}

/** A model's answers on the rows of one file, beside labels, blocks and slices. Error: `DATA_TYPE` for a column that is not there. */
export async function answerRows(
  model: OpenModel,
  {
    evaluation,
    label: labelName,
  }: { readonly evaluation: EvaluationConfig; readonly label: string | undefined },
  path: string,
): Promise<SplitInput> {
  const extra = [labelName, evaluation.block, ...evaluation.slices].filter((name) => name !== undefined);
  const columns = await readColumns(path, [...new Set([...evaluation.inputs, ...extra])]);
  const column = (name: string) => columns.find((found) => found.name === name);
  const inputs = columns.filter(({ name }) => evaluation.inputs.includes(name));
  const score = scoreOf(
    evaluation,
    await model.run(columnsOf(inputs), { order: evaluation.inputs, outputs: [evaluation.output] }),
  );
  const label = labelName === undefined ? undefined : numbers(column(labelName));
  const block = evaluation.block === undefined ? undefined : texts(column(evaluation.block));
  return {
    ...(evaluation.task === 'clustering'
      ? { assigned: Int32Array.from(score), features: matrixOf(inputs) }
      : { score }),
    ...(label ? { label } : {}),
    ...(block ? { block } : {}),
    slices: Object.fromEntries(evaluation.slices.map((name) => [name, texts(column(name)) ?? []])),
  };
}

function numbers(column: Column | undefined): Float64Array | undefined {
  return column?.values instanceof Float64Array ? column.values : undefined;
}

/** Values as a person reads them; a null is a value of its own. */
function texts(column: Column | undefined): readonly string[] | undefined {
  if (!column) return undefined;
  const values: Iterable<string | number | null> = column.values;
  return Array.from(values, (value) => (value === null || Number.isNaN(value) ? 'null' : String(value)));
}

/** Numeric inputs row by row, for distances; nulls count as the column's zero. */
function matrixOf(columns: readonly Column[]): Float64Array {
  const numeric = columns.flatMap(({ values }) => (values instanceof Float64Array ? [values] : []));
  const rows = numeric[0]?.length ?? 0;
  const matrix = new Float64Array(rows * numeric.length);
  numeric.forEach((values, at) => {
    for (let row = 0; row < rows; row += 1) {
      const value = values[row] ?? 0;
      matrix[row * numeric.length + at] = Number.isNaN(value) ? 0 : value;
    }
  });
  return matrix;
}
