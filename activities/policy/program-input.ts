import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PolicyProgram } from '../../domain/policy/merge-policies.js';
import { openModel } from '../../inference/model-host.js';
import { readColumns } from '../adapters/duckdb/index.js';
import { columnsOf } from '../evaluation/model-columns.js';
import { scoreOf } from '../evaluation/task-output.js';
import type { PolicyDeps } from './deps.js';
import type { PolicyJob } from './policy-job.js';

/** As for every model that the platform runs. */
const modelLimits = { deadlineMs: 10 * 60_000, memoryBytes: 4 * 1024 ** 3 };

/**
 * Fills `RATCHET_INPUT` of a program: the model file, the validation rows with the platform's own predictions, and what
 * the columns are. The test rows only for a program from the organisation's repository.
 */
export async function fillProgramInput(
  deps: PolicyDeps,
  job: PolicyJob,
  program: PolicyProgram,
  { folder, signal }: { readonly folder: string; readonly signal: AbortSignal },
): Promise<void> {
  const { record, manifest, configuration, report, input } = job;
  const { evaluation, dataset } = configuration;
  const splits =
    program.origin === 'organisation' ? (['validation', 'test'] as const) : (['validation'] as const);
  const file = join(folder, 'model.onnx');
  await Promise.all([
    deps.blobs.fetchFile(record.file, file),
    ...splits.map((split) => deps.blobs.fetchFile(manifest.files[split], join(folder, `${split}.parquet`))),
  ]);
  const model = await openModel(file, modelLimits, deps.takeHost);
  const stop = () => void model.close();
  signal.addEventListener('abort', stop, { once: true });
  try {
    for (const split of splits) {
      const columns = columnsOf(await readColumns(join(folder, `${split}.parquet`), evaluation.inputs));
      const answers = await model.run(columns, { order: evaluation.inputs, outputs: [evaluation.output] });
      await writeFile(join(folder, `${split}_predictions.csv`), csvOf(scoreOf(evaluation, answers)));
    }
  } finally {
    signal.removeEventListener('abort', stop);
    await model.close();
  }
  const params = {
    project: input.project,
    model: input.model,
    version: input.version,
    task: evaluation.task,
    inputs: evaluation.inputs,
    output: evaluation.output,
    label: dataset.label ?? null,
    key: dataset.key,
    slices: evaluation.slices,
    threshold: report.evaluation.threshold ?? null,
    columns: manifest.columns.map(({ name, type }) => ({ name, type })),
  };
  await writeFile(join(folder, 'params.json'), `${JSON.stringify(params, null, 2)}\n`);
}

/** One prediction a row, in the order of the rows. */
function csvOf(scores: Float64Array): string {
  return `prediction\n${Array.from(scores, String).join('\n')}\n`;
}
