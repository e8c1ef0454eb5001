import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { InterfaceTensor, OnnxInterface } from '../../domain/onnx/model-interface.js';
import type { OpenModel } from '../model-host.js';
import type { Cell, Columns } from './encode.js';
import { elementCount, type TensorValue } from './tensors.js';

/** A row by the names of a model's inputs. */
export type ModelRow = Readonly<Record<string, unknown>>;

/**
 * What a model answers for rows, see `rowsOfOutputs`. Errors: those of `columnsOfRows` and of `OpenModel.run`.
 */
export async function predictModelRows(
  model: OpenModel,
  rows: readonly ModelRow[],
): Promise<readonly unknown[]> {
  if (rows.length === 0) return [];
  const outputs = await model.run(columnsOfRows(model.interface, rows));
  return rowsOfOutputs([...outputs.values()], rows.length);
}

/** Error: `MODEL_INTERFACE` where a row has not what the inputs ask for, naming row and input. */
export function columnsOfRows({ inputs }: OnnxInterface, rows: readonly ModelRow[]): Columns {
  for (const [at, row] of rows.entries()) requireNames(inputs, row, at);
  const [only] = inputs;
  if (inputs.length === 1 && only !== undefined && isWide(only)) return wideColumns(only, rows);
  return Object.fromEntries(inputs.map(({ name }) => [name, rows.map((row) => row[name] as Cell)]));
}

/**
 * A value or an array a row where there is one output, else an object by output, as `/predict` says it: null for NaN, and a
 * whole number beyond 2^53 as a bigint. Error: `MODEL_RUN` where an output does not answer row by row.
 */
export function rowsOfOutputs(outputs: readonly TensorValue[], rows: number): readonly unknown[] {
  const columns = outputs.map((output) => cellsOf(output, rows));
  const [only] = columns;
  if (columns.length === 1 && only !== undefined) return only;
  return Array.from({ length: rows }, (_, row) =>
    Object.fromEntries(outputs.map(({ name }, i) => [name, columns[i]?.[row]])),
  );
}

function requireNames(inputs: readonly InterfaceTensor[], row: unknown, at: number): void {
  const names = inputs.map(({ name }) => name);
  const refuse = (why: string) =>
    new RatchetError('MODEL_INTERFACE', `row ${at} ${why}, asked for are ${names.join(', ')}`, { row: at });
  if (typeof row !== 'object' || row === null || Array.isArray(row)) throw refuse('is no object');
  const missing = names.find((name) => !Object.hasOwn(row, name) || (row as ModelRow)[name] === undefined);
  if (missing !== undefined) throw refuse(`has no "${missing}"`);
  const unread = Object.keys(row).find((name) => !names.includes(name));
  if (unread !== undefined) throw refuse(`has "${unread.slice(0, 80)}", which is no input`);
}

const isWide = ({ shape }: InterfaceTensor) => shape.length === 2 && shape[1] !== 1;

/** One input of many values a row is as many columns side by side. */
function wideColumns({ name, shape }: InterfaceTensor, rows: readonly ModelRow[]): Columns {
  const lists = rows.map((row) => [row[name]].flat() as readonly Cell[]);
  const width = shape[1] === -1 ? (lists[0]?.length ?? 0) : (shape[1] ?? 1);
  const other = lists.findIndex((list) => list.length !== width);
  if (other !== -1) {
    const text = `row ${other} has ${lists[other]?.length} values for "${name}", asked for are ${width}`;
    throw new RatchetError('MODEL_INTERFACE', text, { row: other });
  }
  return Object.fromEntries(
    Array.from({ length: width }, (_, at) => [`${name}[${at}]`, lists.map((list) => list[at] ?? null)]),
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
    if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
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
