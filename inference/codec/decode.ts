import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { halfValue } from './half.js';
import { allocate, elementCount, type TensorData, type TensorValue } from './tensors.js';

/**
 * Joins the answers to consecutive batches into one tensor per output.
 * @throws RatchetError `MODEL_RUN` where an output has not one answer per row, or changes its type or width.
 */
export function joinBatches(
  batches: readonly (readonly TensorValue[])[],
  batchRows: readonly number[],
): ReadonlyMap<string, TensorValue> {
  const joined = new Map<string, TensorValue>();
  for (const { name } of batches[0] ?? []) {
    const parts = batches.map((batch) => findOutput(batch, name));
    for (const [i, part] of parts.entries()) requireRows(part, batchRows[i] ?? 0);
    joined.set(name, join(parts));
  }
  return joined;
}

/**
 * Numbers of one column of an output (column 1 of `[N, 2]` probabilities is that of class 1); of `[N]` and `[N, 1]`
 * column 0. Integers beyond 2^53 lose their last digits.
 * @throws RatchetError `MODEL_INTERFACE` where the output has no such column or holds strings.
 */
export function numbersOf(output: TensorValue, column = 0): Float64Array {
  const { name, type, dims, data } = output;
  const width = elementCount(dims.slice(1));
  if (column < 0 || column >= width) {
    throw new RatchetError(
      'MODEL_INTERFACE',
      `output "${name}" has ${width} columns, asked for is column ${column}`,
    );
  }
  if (Array.isArray(data)) {
    throw new RatchetError('MODEL_INTERFACE', `output "${name}" holds strings, asked for are numbers`);
  }
  const numberOf = type === 'float16' ? halfValue : Number;
  return Float64Array.from({ length: dims[0] ?? 0 }, (_, row) =>
    numberOf(Number(data[row * width + column])),
  );
}

function findOutput(batch: readonly TensorValue[], name: string): TensorValue {
  const found = batch.find((t) => t.name === name);
  if (found === undefined) throw new RatchetError('MODEL_RUN', `the model left out output "${name}"`);
  return found;
}

function requireRows({ name, dims, data }: TensorValue, rows: number): void {
  const elements = elementCount(dims);
  if (dims.length > 0 && dims[0] === rows && data.length === elements) return;
  throw new RatchetError(
    'MODEL_RUN',
    `output "${name}" has shape [${dims.join(', ')}] for ${rows} rows, its first dimension must be the rows`,
  );
}

function join(parts: readonly TensorValue[]): TensorValue {
  const [first, ...others] = parts;
  if (first === undefined) throw new RatchetError('MODEL_RUN', 'the model was asked for no rows');
  if (others.length === 0) return first;
  const tail = first.dims.slice(1);
  const changed = others.find((p) => p.type !== first.type || p.dims.slice(1).join() !== tail.join());
  if (changed !== undefined) {
    throw new RatchetError(
      'MODEL_RUN',
      `output "${first.name}" changes its type or width from batch to batch`,
    );
  }
  const data = allocate(
    first.type,
    parts.reduce((sum, p) => sum + p.data.length, 0),
  );
  let at = 0;
  for (const part of parts) {
    copy(part.data, data, at);
    at += part.data.length;
  }
  return { ...first, dims: [parts.reduce((sum, p) => sum + (p.dims[0] ?? 0), 0), ...tail], data };
}

function copy(from: TensorData, to: TensorData, at: number): void {
  const places = to as { [place: number]: unknown };
  for (let i = 0; i < from.length; i += 1) places[at + i] = from[i];
}
