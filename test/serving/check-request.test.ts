import { expect, test } from 'vitest';
import type { OnnxInterface } from '../../domain/onnx/model-interface.js';
import type { TensorValue } from '../../inference/codec/tensors.js';
import { checkRequest } from '../../serving/check-request.js';

const shape: OnnxInterface = {
  inputs: [
    { name: 'a', type: 'float32', shape: [-1, 3] },
    { name: 'b', type: 'int64', shape: [-1] },
  ],
  outputs: [
    { name: 'label', type: 'int64', shape: [-1] },
    { name: 'score', type: 'float32', shape: [-1, 2] },
  ],
};
const a: TensorValue = { name: 'a', type: 'float32', dims: [2, 3], data: new Float32Array(6) };
const b: TensorValue = { name: 'b', type: 'int64', dims: [2], data: new BigInt64Array(2) };
const check = (inputs: readonly TensorValue[], outputs: readonly string[] = []) =>
  checkRequest(shape, true, { inputs, outputs });

const refused: readonly (readonly [string, readonly TensorValue[], readonly string[], string])[] = [
  ['a missing input', [a], [], 'the input "b" is missing'],
  ['an input too many', [a, b, { ...b, name: 'c' }], [], 'the model has no input "c", it has a, b'],
  ['an input twice', [a, b, a], [], 'the input "a" is given twice'],
  [
    'another type',
    [a, { ...b, type: 'int32', data: new Int32Array(2) }],
    [],
    'input "b" is int32, the model takes int64',
  ],
  ['another width', [{ ...a, dims: [2, 4] }, b], [], 'input "a" has shape [2, 4], the model takes [any, 3]'],
  ['another rank', [a, { ...b, dims: [2, 1] }], [], 'input "b" has shape [2, 1], the model takes [any]'],
  ['too few elements', [{ ...a, dims: [3, 3] }, b], [], 'input "a" has 6 elements, its shape [3, 3] is of 9'],
  [
    'a negative size',
    [{ ...a, dims: [-2, 3] }, b],
    [],
    'input "a" has 6 elements, its shape [-2, 3] is of -6',
  ],
  ['half a row', [{ ...a, dims: [0.5, 3] }, b], [], 'input "a" has 6 elements, its shape [0.5, 3] is of 1.5'],
  [
    'rows that differ',
    [a, { ...b, dims: [1], data: new BigInt64Array(1) }],
    [],
    'input "b" has 1 rows, input "a" has 2',
  ],
  ['an unknown output', [a, b], ['label', 'x'], 'the model has no output "x", it has label, score'],
  ['an output twice', [a, b], ['label', 'label'], 'the output "label" is wanted twice'],
];
test.each(refused)('%s is refused with the name of the tensor', (_, inputs, outputs, message) => {
  expect(() => check(inputs, outputs)).toThrow(expect.objectContaining({ code: 'REQUEST_INVALID', message }));
});

test('inputs are put in the order of the model, and outputs default to all', () => {
  expect(check([b, a])).toMatchObject({ inputs: [a, b], outputs: ['label', 'score'], rows: 2 });
  expect(check([a, b], ['score']).outputs).toEqual(['score']);
});

test('requests share a batch where they want the same outputs of inputs that are alike beside the rows', () => {
  const free: OnnxInterface = { ...shape, inputs: [{ name: 'a', type: 'float32', shape: [-1, -1] }] };
  const key = (dims: readonly number[], outputs: readonly string[] = [], isRowWise = true) => {
    const data = new Float32Array(dims.reduce((x, y) => x * y, 1));
    return checkRequest(free, isRowWise, { inputs: [{ ...a, dims, data }], outputs }).batchKey;
  };
  expect(key([1, 3])).toBe(key([7, 3]));
  expect(key([1, 3])).not.toBe(key([1, 4]));
  expect(key([1, 3], ['label'])).not.toBe(key([1, 3]));
  expect(key([1, 3], [], false)).toBeNull();
});
