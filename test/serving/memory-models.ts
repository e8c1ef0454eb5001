import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { OnnxInterface } from '../../domain/onnx/model-interface.js';
import type { TensorValue } from '../../inference/codec/tensors.js';

/** A model that lives in memory: what it reads and answers, and how. */
export interface MemoryModel {
  readonly interface: OnnxInterface;
  readonly run: (inputs: readonly TensorValue[]) => readonly TensorValue[];
}

/** Doubles every number: `x` FP32 [N, 3] to `y`. */
export const doubling: MemoryModel = {
  interface: {
    inputs: [{ name: 'x', type: 'float32', shape: [-1, 3] }],
    outputs: [{ name: 'y', type: 'float32', shape: [-1, 3] }],
  },
  run: ([x]) => [
    {
      ...required(x),
      name: 'y',
      data: Float32Array.from(required(x).data as Float32Array, (value) => value * 2),
    },
  ],
};

const kinds = [
  { name: 'f32', type: 'float32', shape: [-1, 2] },
  { name: 'f64', type: 'float64', shape: [-1, 1] },
  { name: 'i64', type: 'int64', shape: [-1] },
  { name: 'i32', type: 'int32', shape: [-1] },
  { name: 'flag', type: 'bool', shape: [-1] },
  { name: 'text', type: 'string', shape: [-1] },
] as const;

/** Gives back what it is given, of every type; outputs have the names of the inputs with `out_` before them. */
export const passing: MemoryModel = {
  interface: { inputs: kinds, outputs: kinds.map((tensor) => ({ ...tensor, name: `out_${tensor.name}` })) },
  run: (inputs) => inputs.map((tensor) => ({ ...tensor, name: `out_${tensor.name}` })),
};

const table = [10, 20, 30];

/** Looks numbers up: `i` INT64 [N] to `y` FP32 [N], for 0 to 2; it cannot answer any other. */
export const picking: MemoryModel = {
  interface: {
    inputs: [{ name: 'i', type: 'int64', shape: [-1] }],
    outputs: [{ name: 'y', type: 'float32', shape: [-1] }],
  },
  run: ([i]) => {
    const picked = Array.from(required(i).data as BigInt64Array, (index) => table[Number(index)]);
    if (picked.includes(undefined)) throw new RatchetError('MODEL_RUN', 'an index is out of range');
    return [
      { name: 'y', type: 'float32', dims: required(i).dims, data: Float32Array.from(picked as number[]) },
    ];
  },
};

function required(tensor: TensorValue | undefined): TensorValue {
  if (tensor === undefined) throw new Error('the model was given no tensor');
  return tensor;
}
