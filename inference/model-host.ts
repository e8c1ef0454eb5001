import { readFile } from 'node:fs/promises';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import { modelInterface, type OnnxInterface } from '../domain/onnx/model-interface.js';
import { joinBatches } from './codec/decode.js';
import { type Columns, encodeRows } from './codec/encode.js';
import { planInputs } from './codec/input-plan.js';
import type { TensorValue } from './codec/tensors.js';
import { createGuardedHost, type GuardedHost, type ModelLimits } from './guarded-host.js';
import { forkHost, type HostConnection } from './host-connection.js';

export type { ModelLimits } from './guarded-host.js';

export interface RunOptions {
  /** Columns the model reads, in the order of a wide input. Default: all, in their own order. */
  readonly order?: readonly string[];
  /** Outputs that are wanted. Default: all. */
  readonly outputs?: readonly string[];
  /** Rows a batch; memory grows with it. Default 8,192. */
  readonly batchRows?: number;
}

/** A model in a process of its own. */
export interface OpenModel {
  readonly interface: OnnxInterface;
  /**
   * Answers for all rows of the columns, by output name, in the order of the rows. Calls queue.
   * Errors: `MODEL_INTERFACE` (columns do not fit), `MODEL_RUN`, `MODEL_TIMEOUT` (all batches together took longer than
   * the deadline; the model is then gone), `MODEL_KILLED`.
   */
  run(columns: Columns, options?: RunOptions): Promise<ReadonlyMap<string, TensorValue>>;
  /** Ends the process; resolves when it is gone. What still runs fails with `MODEL_RUN`. */
  close(): Promise<void>;
}

/**
 * Loads an ONNX file in a process of its own, which may crash, hang or be killed without harm. The file's structure
 * must have been scanned before. Errors: `MODEL_LOAD`, `MODEL_TIMEOUT`, `MODEL_KILLED`, `MODEL_INTERFACE`,
 * `MODEL_HOSTILE`.
 */
export async function openModel(
  path: string,
  limits: ModelLimits,
  takeHost: () => HostConnection = forkHost,
): Promise<OpenModel> {
  const shape = modelInterface(await readModelFile(path));
  const host = createGuardedHost(takeHost(), limits);
  try {
    await host.exchange('load', async (ask) => {
      await ask({ kind: 'load', path, memoryBytes: limits.memoryBytes, executionProvider: 'cpu' });
    });
  } catch (error) {
    await host.close();
    throw error;
  }
  let queue: Promise<unknown> = Promise.resolve();
  return {
    interface: shape,
    run: (columns, options = {}) => {
      const answer = queue.then(() => runBatches(host, shape, columns, options));
      queue = answer.catch(() => undefined);
      return answer;
    },
    close: () => host.close(),
  };
}

async function readModelFile(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new RatchetError('MODEL_LOAD', 'the model file cannot be read', {}, { cause });
  }
}

async function runBatches(
  host: GuardedHost,
  shape: OnnxInterface,
  columns: Columns,
  { order = Object.keys(columns), outputs = shape.outputs.map((o) => o.name), batchRows = 8192 }: RunOptions,
): Promise<ReadonlyMap<string, TensorValue>> {
  const plan = planInputs(shape.inputs, order);
  const rows = countRows(columns, order);
  requireOutputs(shape, outputs);
  return host.exchange('run', async (ask) => {
    const answers: (readonly TensorValue[])[] = [];
    const sizes: number[] = [];
    for (let from = 0; from < rows; from += batchRows) {
      const to = Math.min(from + batchRows, rows);
      const reply = await ask({ kind: 'run', inputs: encodeRows(plan, columns, from, to), outputs });
      answers.push(reply.kind === 'answered' ? reply.outputs : []);
      sizes.push(to - from);
    }
    return joinBatches(answers, sizes);
  });
}

function countRows(columns: Columns, order: readonly string[]): number {
  const lengths = order.map((name) => columns[name]?.length ?? 0);
  const rows = lengths[0] ?? 0;
  const other = lengths.findIndex((length) => length !== rows);
  if (other >= 0) {
    throw new RatchetError(
      'MODEL_INTERFACE',
      `column "${order[other]}" has ${lengths[other]} rows, column "${order[0]}" has ${rows}`,
    );
  }
  if (rows === 0) throw new RatchetError('MODEL_INTERFACE', 'there are no rows for the model');
  return rows;
}

function requireOutputs({ outputs }: OnnxInterface, wanted: readonly string[]): void {
  const names = outputs.map((o) => o.name);
  const missing = wanted.find((name) => !names.includes(name));
  if (missing === undefined) return;
  throw new RatchetError(
    'MODEL_INTERFACE',
    `the model has no output "${missing}", it has ${names.join(', ')}`,
  );
}
