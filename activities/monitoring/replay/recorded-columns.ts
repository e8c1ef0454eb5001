import type { OnnxInterface } from '../../../domain/onnx/model-interface.js';
import type { TrafficRow } from '../../../domain/ports/watches.js';
import type { Cell } from '../../../inference/codec/encode.js';

/** Inputs of rows as they were recorded, as columns, in the order of a wide input. */
export interface RecordedColumns {
  readonly columns: Readonly<Record<string, readonly Cell[]>>;
  readonly order: readonly string[];
}

/** Whether a row has every input of the model, as it came. */
export function isReadable({ inputs: tensors }: OnnxInterface, { inputs }: TrafficRow): boolean {
  return tensors.every(({ name, type }) => {
    const value = inputs[name];
    if (value === undefined) return false;
    const cells: readonly unknown[] = Array.isArray(value) ? value : [value];
    return cells.every((cell) => isCell(type, cell));
  });
}

/** Error of the encoder, where a value does not fit, names column and row. */
export function recordedColumns(
  { inputs: tensors }: OnnxInterface,
  rows: readonly TrafficRow[],
): RecordedColumns {
  const [only] = tensors;
  const first = only === undefined ? undefined : rows[0]?.inputs[only.name];
  if (only !== undefined && Array.isArray(first)) {
    const order = first.map((_, place) => `${place}`);
    const cellsOf = (place: number) =>
      rows.map(({ inputs }) => cellOf((inputs[only.name] as readonly unknown[])[place]));
    return { order, columns: Object.fromEntries(order.map((name, place) => [name, cellsOf(place)])) };
  }
  const order = tensors.map(({ name }) => name);
  const columns = order.map((name) => [name, rows.map(({ inputs }) => cellOf(inputs[name]))] as const);
  return { order, columns: Object.fromEntries(columns) };
}

function isCell(type: string, cell: unknown): boolean {
  if (type === 'string') return typeof cell === 'string';
  if (type === 'bool') return typeof cell === 'boolean';
  if (cell === null || cell === 'Infinity' || cell === '-Infinity') return type.startsWith('float');
  if (typeof cell !== 'number') return false;
  return type.startsWith('float') || Number.isSafeInteger(cell);
}

function cellOf(cell: unknown): Cell {
  if (cell === 'Infinity' || cell === '-Infinity') return Number(cell);
  return cell as Cell;
}
