import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { TensorType } from '../../domain/onnx/model-interface.js';
import { halfBits, halfValue } from './half.js';
import type { PlannedInput } from './input-plan.js';
import { allocate, longOf, type TensorData, type TensorValue, wholeOf } from './tensors.js';

export type Cell = number | bigint | string | boolean | null;
/** Values of one column, by row. */
export type Column = readonly Cell[] | Float32Array | Float64Array | Int32Array | BigInt64Array;
export type Columns = Readonly<Record<string, Column>>;

/**
 * Rows `from` to `to` (not included) of the columns as input tensors. A null number is NaN, a null string is ''.
 * @throws RatchetError `MODEL_INTERFACE` where a value does not fit the type of its input, naming column and row.
 */
export function encodeRows(
  plan: readonly PlannedInput[],
  columns: Columns,
  from: number,
  to: number,
): readonly TensorValue[] {
  return plan.map((input) => encodeInput(input, columns, from, to));
}

function encodeInput(
  { tensor, columns: names }: PlannedInput,
  columns: Columns,
  from: number,
  to: number,
): TensorValue {
  const { name, type, shape } = tensor;
  const rows = to - from;
  const data = allocate(type, rows * names.length);
  names.forEach((column, at) => {
    const cells = columns[column];
    if (cells === undefined) throw new RatchetError('MODEL_INTERFACE', `there is no column "${column}"`);
    writers[type](data, { cells, column, type, from, to, at, step: names.length });
  });
  return { name, type, dims: shape.length === 1 ? [rows] : [rows, names.length], data };
}

/** One column on its way into every `step`-th place of a tensor, from place `at`. */
interface Source {
  readonly cells: Column;
  readonly column: string;
  readonly type: TensorType;
  readonly from: number;
  readonly to: number;
  readonly at: number;
  readonly step: number;
}

type Write = (data: TensorData, source: Source) => void;

const writers: Readonly<Record<TensorType, Write>> = {
  float32: writer((cell) => {
    const value = asNumber(cell);
    // A finite number that float32 cannot hold would turn into infinity without a word.
    return value !== undefined && Number.isFinite(value) && !Number.isFinite(Math.fround(value))
      ? undefined
      : value;
  }),
  float64: writer(asNumber),
  float16: writer((cell) => {
    const value = asNumber(cell);
    if (value === undefined) return undefined;
    const bits = halfBits(value);
    return Number.isFinite(value) && !Number.isFinite(halfValue(bits)) ? undefined : bits;
  }),
  int8: whole('int8'),
  int16: whole('int16'),
  int32: whole('int32'),
  int64: long('int64'),
  uint8: whole('uint8'),
  uint16: whole('uint16'),
  uint32: whole('uint32'),
  uint64: long('uint64'),
  bool: writer((cell) => {
    if (typeof cell === 'boolean') return Number(cell);
    return cell === 0 || cell === 1 ? cell : undefined;
  }),
  string: writer((cell) => {
    if (cell === null) return '';
    return typeof cell === 'string' ? cell : undefined;
  }),
};

function whole(type: Parameters<typeof wholeOf>[0]): Write {
  return writer((cell) => (cell === null ? undefined : wholeOf(type, asNumber(cell))));
}

function long(type: Parameters<typeof longOf>[0]): Write {
  return writer((cell) =>
    cell === null ? undefined : longOf(type, typeof cell === 'bigint' ? cell : asNumber(cell)),
  );
}

/** `convert` gives undefined for what does not fit. */
function writer(convert: (cell: Cell) => number | bigint | string | undefined): Write {
  return (data, source) => {
    const { cells, from, to, step } = source;
    const places = data as { [place: number]: number | bigint | string };
    let place = source.at;
    for (let row = from; row < to; row += 1, place += step) {
      const cell = cells[row] ?? null;
      const value = convert(cell);
      if (value === undefined) throw misfit(source, row, cell);
      places[place] = value;
    }
  };
}

function asNumber(cell: Cell): number | undefined {
  if (typeof cell === 'number') return cell;
  if (cell === null) return Number.NaN;
  if (typeof cell === 'string') return undefined;
  return Number(cell);
}

function misfit({ column, type }: Source, row: number, cell: Cell): RatchetError {
  const came = typeof cell === 'string' ? `a string` : String(cell);
  return new RatchetError(
    'MODEL_INTERFACE',
    `column "${column}" has ${came} in row ${row}, the model asks for ${type}`,
    {
      column,
      row,
    },
  );
}
