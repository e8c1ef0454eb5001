import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { InferenceSession, type OnnxValue, Tensor } from 'onnxruntime-node';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { type OnnxInterface, tensorTypes } from '../../domain/onnx/model-interface.js';
import { joinBatches } from '../codec/decode.js';
import { encodeRows } from '../codec/encode.js';
import { planInputs } from '../codec/input-plan.js';
import { columnsOfRows, type ModelRow, rowsOfOutputs } from '../codec/model-rows.js';
import type { TensorValue } from '../codec/tensors.js';

/** What a package of a model says of it, in `model.json`. */
export interface BundledFacts {
  readonly sha256: string;
  readonly interface: OnnxInterface;
}

/** As many rows a run as the evaluator takes: what a row gets may depend, in its last bits, on the size of its batch. */
const batchRows = 8192;
const onlyFatal = 4;

/**
 * Loads the model of a package: `model.onnx` and `model.json` in a folder. `predict` answers rows by the names of the inputs
 * as the platform's own host does. Errors: `BLOB_CORRUPT` where the file is not the one that was bundled; of `predict`:
 * `MODEL_INTERFACE`, naming row and input, `MODEL_RUN`.
 */
export async function openBundledModel(
  folder: URL,
): Promise<{ predict(rows: readonly ModelRow[]): Promise<readonly unknown[]> }> {
  const facts = JSON.parse(await readFile(new URL('model.json', folder), 'utf8')) as BundledFacts;
  const file = await readFile(new URL('model.onnx', folder));
  const sha256 = createHash('sha256').update(file).digest('hex');
  if (sha256 !== facts.sha256)
    throw new RatchetError('BLOB_CORRUPT', `model.onnx has the digest ${sha256}, not ${facts.sha256}`);
  const session = await InferenceSession.create(file, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    logSeverityLevel: onlyFatal,
  });
  return {
    predict: async (rows) => {
      if (rows.length === 0) return [];
      return rowsOfOutputs(await runAll(session, facts.interface, rows), rows.length);
    },
  };
}

async function runAll(
  session: InferenceSession,
  shape: OnnxInterface,
  rows: readonly ModelRow[],
): Promise<readonly TensorValue[]> {
  const columns = columnsOfRows(shape, rows);
  const plan = planInputs(shape.inputs, Object.keys(columns));
  const names = shape.outputs.map(({ name }) => name);
  const [batches, sizes]: [TensorValue[][], number[]] = [[], []];
  for (let from = 0; from < rows.length; from += batchRows) {
    const to = Math.min(rows.length, from + batchRows);
    const inputs = encodeRows(plan, columns, from, to);
    const feeds = Object.fromEntries(inputs.map((t) => [t.name, new Tensor(t.type, t.data, t.dims)]));
    const answers = await session.run(feeds, names);
    batches.push(names.map((name) => tensorOf(name, answers[name])));
    sizes.push(to - from);
  }
  return [...joinBatches(batches, sizes).values()];
}

function tensorOf(name: string, value: OnnxValue | undefined): TensorValue {
  const type = tensorTypes.find((t) => t === value?.type);
  if (value === undefined || type === undefined)
    throw new RatchetError('MODEL_RUN', `output "${name}" is not a tensor of a known type`);
  return { name, type, dims: value.dims, data: value.data as TensorValue['data'] };
}
