import { expect, test } from 'vitest';
import { joinBatches, numbersOf } from '../../../inference/codec/decode.js';
import type { TensorValue } from '../../../inference/codec/tensors.js';

const floats = (dims: readonly number[], ...values: number[]): TensorValue => ({
  name: 'p',
  type: 'float32',
  dims,
  data: Float32Array.from(values),
});
const strings = (...data: string[]): TensorValue => ({
  name: 's',
  type: 'string',
  dims: [data.length],
  data,
});

test('batches become one tensor per output', () => {
  const joined = joinBatches(
    [
      [floats([2, 2], 1, 2, 3, 4), strings('a', 'b')],
      [floats([1, 2], 5, 6), strings('c')],
    ],
    [2, 1],
  );
  expect(joined.get('p')).toEqual(floats([3, 2], 1, 2, 3, 4, 5, 6));
  expect(joined.get('s')).toEqual(strings('a', 'b', 'c'));
});

const bad: readonly (readonly [string, readonly (readonly TensorValue[])[], readonly number[]])[] = [
  ['has shape [1, 2] for 2 rows', [[floats([1, 2], 1, 2)]], [2]],
  ['has shape [] for 1 rows', [[floats([], 1)]], [1]],
  ['has shape [2, 2] for 2 rows', [[floats([2, 2], 1, 2, 3)]], [2]],
  ['changes its type or width', [[floats([1, 2], 1, 2)], [floats([1, 1], 3)]], [1, 1]],
  ['the model left out output "p"', [[floats([1, 1], 1)], []], [1, 1]],
];
test.each(bad)('an output that %s is refused', (words, batches, rows) => {
  expect(() => joinBatches(batches, rows)).toThrow(words);
  expect(() => joinBatches(batches, rows)).toThrow(expect.objectContaining({ code: 'MODEL_RUN' }));
});

test('numbers of a column, whatever type carries them', () => {
  expect(numbersOf(floats([2, 2], 0.25, 0.75, 0.5, 0.5), 1)).toEqual(Float64Array.of(0.75, 0.5));
  const labels: TensorValue = { name: 'l', type: 'int64', dims: [2], data: BigInt64Array.of(1n, -1n) };
  expect(numbersOf(labels)).toEqual(Float64Array.of(1, -1));
});

test('a column that is not there, and strings, are refused', () => {
  expect(() => numbersOf(floats([1, 2], 1, 2), 2)).toThrow('output "p" has 2 columns, asked for is column 2');
  expect(() => numbersOf(strings('a'))).toThrow('output "s" holds strings, asked for are numbers');
});

test('numbers of half the size are read as the numbers that they are', () => {
  const half: TensorValue = {
    name: 'h',
    type: 'float16',
    dims: [3, 1],
    data: Uint16Array.of(0x3c00, 0x3800, 0x7e00),
  };
  expect([...numbersOf(half)]).toEqual([1, 0.5, Number.NaN]);
});
