import type { TensorType } from '../../domain/onnx/model-interface.js';

/** Numbers or strings of a tensor, row by row. Booleans are 0 and 1, a float16 is its 16 bits. */
export type TensorData =
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | string[];

/** A tensor as it travels between processes. */
export interface TensorValue {
  readonly name: string;
  readonly type: TensorType;
  readonly dims: readonly number[];
  readonly data: TensorData;
}

/** Elements of a tensor with these dimensions. */
export function elementCount(dims: readonly number[]): number {
  let count = 1;
  for (const size of dims) count *= size;
  return count;
}

const arrays = {
  float16: Uint16Array,
  float32: Float32Array,
  float64: Float64Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  int64: BigInt64Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  uint64: BigUint64Array,
  bool: Uint8Array,
} as const;

/** Bytes of one element of a type of fixed size. */
export const elementBytes = (type: Exclude<TensorType, 'string'>): number => arrays[type].BYTES_PER_ELEMENT;

/** Room for so many elements of a type. */
export function allocate(type: TensorType, length: number): TensorData {
  return type === 'string' ? new Array<string>(length).fill('') : new arrays[type](length);
}

/** What onnxruntime gives: a newer Node has an array of its own for float16, over the same bytes. */
export function dataOfType(type: TensorType, data: unknown): TensorData {
  const given = data as Exclude<TensorData, string[]>;
  if (type !== 'float16' || given instanceof Uint16Array) return given;
  return new Uint16Array(
    (given as Uint8Array).buffer,
    (given as Uint8Array).byteOffset,
    (given as Uint8Array).length,
  );
}

/** The least and the greatest whole number of each type, both included. */
export const wholeRanges = {
  int8: [-0x80, 0x7f],
  int16: [-0x8000, 0x7fff],
  int32: [-0x8000_0000, 0x7fff_ffff],
  uint8: [0, 0xff],
  uint16: [0, 0xffff],
  uint32: [0, 0xffff_ffff],
} as const satisfies Partial<Record<TensorType, readonly [number, number]>>;

export const longRanges = {
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
} as const satisfies Partial<Record<TensorType, readonly [bigint, bigint]>>;

/** Undefined for what is not a whole number of the type. */
export function wholeOf(type: keyof typeof wholeRanges, value: unknown): number | undefined {
  const [least, most] = wholeRanges[type];
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
    ? value
    : undefined;
}

/** Undefined for what is not a whole number of the type; a number has to be one that a double holds exactly. */
export function longOf(type: keyof typeof longRanges, value: unknown): bigint | undefined {
  const [least, most] = longRanges[type];
  if (typeof value === 'number') return Number.isSafeInteger(value) ? longOf(type, BigInt(value)) : undefined;
  return typeof value === 'bigint' && value >= least && value <= most ? value : undefined;
}
