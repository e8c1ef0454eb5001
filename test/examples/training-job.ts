import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { readColumns } from '../../activities/adapters/duckdb/index.js';
import { columnsOf } from '../../activities/evaluation/model-columns.js';
import { scoreOf } from '../../activities/evaluation/task-output.js';
import { writeParityRows } from '../../activities/training/parity-rows.js';
import type { ModelConfig } from '../../domain/config/model.js';
import { compareNumbers, type Parity } from '../../domain/lineage/parity.js';
import type { TypedColumn } from '../../domain/lineage/typed-column.js';
import { scanStructure } from '../../domain/onnx/scan-structure.js';
import { openModel } from '../../inference/model-host.js';
import type { ProgramPlace } from './program-environment.js';

/** A training job outside of Ratchet: the folders of the contract, filled as the platform fills them. */
export interface TrainingJob {
  readonly input: string;
  readonly output: string;
  readonly model: ModelConfig;
}

/**
 * @param select SQL for the rows, with the columns `part` (train or validation), the inputs and the label
 */
export async function makeJob(folder: string, model: ModelConfig, select: string): Promise<TrainingJob> {
  const [input, output] = [join(folder, 'in'), join(folder, 'out')];
  for (const path of [input, join(output, 'checkpoints')]) await mkdir(path, { recursive: true });
  const quoted = (path: string) => `'${path.replaceAll("'", "''")}'`;
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  for (const part of ['train', 'validation']) {
    const rows = `select * exclude (part) from (${select}) where part = '${part}'`;
    await connection.run(
      `copy (${rows}) to ${quoted(join(input, `${part}.parquet`))} (format parquet, compression zstd)`,
    );
  }
  instance.closeSync();
  const columns = (await readColumns(join(input, 'validation.parquet'))).map(({ name, type }) => ({
    name,
    type,
  }));
  const inputs = model.evaluation.inputs.map(
    (name) => columns.find((column) => column.name === name) ?? missing(name),
  );
  await writeParityRows(join(input, 'validation.parquet'), inputs, join(input, 'parity.parquet'));
  const { algorithm, hyperparameters, seed } = model.training;
  const { task, output: asked } = model.evaluation;
  const params = {
    algorithm,
    hyperparameters,
    seed,
    task,
    inputs,
    label: model.dataset.label ?? null,
    output: asked,
  };
  await writeFile(join(input, 'params.json'), JSON.stringify(params));
  await writeFile(join(input, 'schema.json'), JSON.stringify({ columns }));
  return { input, output, model };
}

function missing(name: string): TypedColumn {
  throw new Error(`the rows of this test have no column ${name}`);
}

export interface Ending {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a model's training command; `until` tells when to send SIGTERM. */
export async function train(
  job: TrainingJob,
  place: ProgramPlace,
  until?: () => Promise<void>,
): Promise<Ending> {
  const [program = '', ...args] = job.model.training.command;
  const child = spawn(program, args, {
    cwd: place.folder,
    env: {
      ...place.env,
      RATCHET_INPUT: job.input,
      RATCHET_OUTPUT: job.output,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const texts = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      texts[stream] += text;
    });
  }
  const code = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (until !== undefined) {
    await Promise.race([until(), code]);
    child.kill('SIGTERM');
  }
  return { code: await code, ...texts };
}

/** What the platform would say of the outputs: their structure, and whether both models answer alike. */
export async function judgeOutputs(
  job: TrainingJob,
): Promise<{ sound: boolean; parity: Parity; metrics: unknown[] }> {
  const path = join(job.output, 'model.onnx');
  const { evaluation } = job.model;
  const model = await openModel(path, { deadlineMs: 60_000, memoryBytes: 1024 ** 3 });
  try {
    const asked = await readColumns(join(job.input, 'parity.parquet'), evaluation.inputs);
    const got = scoreOf(evaluation, await model.run(columnsOf(asked), { order: evaluation.inputs }));
    const [said] = await readColumns(join(job.output, 'validation_predictions.parquet'), ['prediction']);
    const { tolerance } = evaluation.parity;
    const parity = compareNumbers(said?.values as Float64Array, got, { absolute: tolerance });
    const lines = (await readFile(join(job.output, 'metrics.jsonl'), 'utf8')).trimEnd().split('\n');
    return {
      sound: scanStructure(await readFile(path)).ok,
      parity,
      metrics: lines.map((line): unknown => JSON.parse(line)),
    };
  } finally {
    await model.close();
  }
}
