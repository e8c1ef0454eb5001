import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { InterfaceTensor, OnnxInterface } from '../../domain/onnx/model-interface.js';
import type { OpenModel } from '../model-host.js';
import type { Cell, Columns } from './encode.js';
import { elementCount, type TensorValue } from './tensors.js';

type Row = Readonly<Record<string, unknown>>;

/**
 * What a model answers for rows by the names of its inputs, in the form in which `/predict` says it: a value or an array
 * where the model has one output, else an object by output. Integers beyond 2^53 lose their last digits.
 * Errors: those of `OpenModel.run`.
 */
export async function predictModelRows(model: OpenModel, rows: readonly Row[]): Promise<readonly unknown[]> {
  if (rows.length === 0) return [];
  const outputs = [...(await model.run(columnsOf(model.interface, rows))).values()];
  const columns = outputs.map((output) => cellsOf(output, rows.length));
  const [only] = columns;
  if (columns.length === 1 && only !== undefined) return only;
  return rows.map((_, row) => Object.fromEntries(outputs.map(({ name }, i) => [name, columns[i]?.[row]])));
}

function columnsOf({ inputs }: OnnxInterface, rows: readonly Row[]): Columns {
  const [only] = inputs;
  if (inputs.length === 1 && only !== undefined && isWide(only)) return wideColumns(only, rows);
  return Object.fromEntries(inputs.map(({ name }) => [name, rows.map((row) => (row[name] ?? null) as Cell)]));
}

const isWide = ({ shape }: InterfaceTensor) => shape.length === 2 && shape[1] !== 1;

/** One input of many values a row is as many columns side by side. */
function wideColumns({ name, shape }: InterfaceTensor, rows: readonly Row[]): Columns {
  const first = rows[0]?.[name];
  const width = shape[1] === -1 ? (Array.isArray(first) ? first.length : 1) : (shape[1] ?? 1);
  const value = (row: Row, at: number) => ([row[name]].flat()[at] ?? null) as Cell;
  return Object.fromEntries(
    Array.from({ length: width }, (_, at) => [`${name}[${at}]`, rows.map((row) => value(row, at))]),
  );
}

function cellsOf({ name, type, dims, data }: TensorValue, rows: number): readonly unknown[] {
  if (dims[0] !== rows)
    throw new RatchetError('MODEL_RUN', `output "${name}" has ${dims[0] ?? 0} answers for ${rows} rows`);
  const inner = dims.slice(1);
  const width = elementCount(inner);
  const valueAt = (at: number): unknown => {
    const value = data[at];
    if (type === 'bool') return value === 1;
    if (typeof value === 'bigint') return Number(value);
    return typeof value === 'number' && Number.isNaN(value) ? null : value;
  };
  const nested = (from: number, sizes: readonly number[]): unknown => {
    const [size, ...rest] = sizes;
    if (size === undefined) return valueAt(from);
    const step = elementCount(rest);
    return Array.from({ length: size }, (_, i) => nested(from + i * step, rest));
  };
  const isSingle = inner.every((size) => size === 1);
  return Array.from({ length: rows }, (_, row) => (isSingle ? valueAt(row) : nested(row * width, inner)));
}
