import type { InterfaceTensor, TensorType } from '../../../domain/onnx/model-interface.js';
import { elementCount } from '../../../inference/codec/tensors.js';
import { datatypeOf } from '../../tensors/datatypes.js';

const exampleElement: Readonly<Record<TensorType, number | boolean | string>> = {
  float32: 0.5,
  float64: 0.5,
  int64: 1,
  int32: 1,
  bool: true,
  string: 'a',
  float16: 0.5,
  int8: 1,
  int16: 1,
  uint8: 1,
  uint16: 1,
  uint32: 1,
  uint64: 1,
};

/** A row by the names of its inputs, that the model takes. */
export function exampleRow(inputs: readonly InterfaceTensor[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(inputs.map((input) => [input.name, exampleCell(input)]));
}

/** The same row as a request of the Open Inference Protocol. */
export function exampleRequest(inputs: readonly InterfaceTensor[]): object {
  return {
    inputs: inputs.map(({ name, type, shape }) => {
      const dims = [1, ...shape.slice(1).map(sizeOf)];
      const count = elementCount(dims);
      return {
        name,
        datatype: datatypeOf[type],
        shape: dims,
        data: new Array(count).fill(exampleElement[type]),
      };
    }),
  };
}

function exampleCell({ type, shape }: InterfaceTensor): unknown {
  const inner = shape.slice(1).map(sizeOf);
  if (inner.every((size) => size === 1)) return exampleElement[type];
  return inner.reduceRight<unknown>((value, size) => new Array(size).fill(value), exampleElement[type]);
}

const sizeOf = (size: number) => (size === -1 ? 1 : size);
