import type { OnnxInterface, TensorType } from '../../domain/onnx/model-interface.js';
import { halfBits } from '../../inference/codec/half.js';
import { allocate, elementCount, type TensorValue } from '../../inference/codec/tensors.js';

/** Inputs that fit an interface, rows `from` to `to` (not included): a row is the same whatever it comes with. */
export function makeUpRows({ inputs }: OnnxInterface, from: number, to: number): readonly TensorValue[] {
  return inputs.map(({ name, type, shape }) => {
    const dims = shape.map((size, i) => (size === -1 ? (i === 0 ? to - from : 1) : size));
    const elements = elementCount(dims);
    const width = elements / (dims[0] ?? 1);
    const data = allocate(type, elements) as { [place: number]: unknown };
    for (let i = 0; i < elements; i += 1) data[i] = makers[type](from + Math.floor(i / width), i % width);
    return { name, type, dims, data: data as TensorValue['data'] };
  });
}

/** Small numbers that differ from row to row and from column to column. */
const number = (row: number, column: number): number => (row * 7 + column * 3) % 5;
const long = (row: number, column: number): bigint => BigInt(number(row, column));
const makers: Readonly<Record<TensorType, (row: number, column: number) => unknown>> = {
  float32: number,
  float64: number,
  float16: (row, column) => halfBits(number(row, column)),
  int8: number,
  int16: number,
  int32: number,
  int64: long,
  uint8: number,
  uint16: number,
  uint32: number,
  uint64: long,
  bool: (row, column) => number(row, column) % 2,
  string: (row, column) => String(number(row, column)),
};
