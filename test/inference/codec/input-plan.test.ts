import { expect, test } from 'vitest';
import type { InterfaceTensor } from '../../../domain/onnx/model-interface.js';
import { planInputs } from '../../../inference/codec/input-plan.js';

const input = (name: string, ...shape: number[]): InterfaceTensor => ({ name, type: 'float32', shape });

test('inputs by name take their columns, in the order of the model', () => {
  const inputs = [input('b', -1, 1), input('a', -1), input('c', -1, -1)];
  const plan = planInputs(inputs, ['a', 'b', 'c']);
  expect(plan.map((p) => [p.tensor.name, p.columns])).toEqual([
    ['b', ['b']],
    ['a', ['a']],
    ['c', ['c']],
  ]);
});

const wide: readonly (readonly [string, InterfaceTensor, readonly string[]])[] = [
  ['of a fixed width', input('X', -1, 3), ['a', 'b', 'c']],
  ['of any width', input('X', -1, -1), ['a', 'b', 'c']],
  ['that bears the name of a column', input('a', -1, 2), ['a', 'b']],
  ['for one column of another name', input('X', -1, 1), ['a']],
];
test.each(wide)('one input %s takes all columns in the given order', (_what, tensor, columns) => {
  expect(planInputs([tensor], columns)).toEqual([{ tensor, columns }]);
});

const misfits: readonly (readonly [string, readonly InterfaceTensor[], readonly string[]])[] = [
  ['input "X" is 3 columns wide, there are 2: a, b', [input('X', -1, 3)], ['a', 'b']],
  ['input "X" has shape [N], allowed for all columns is [N, F]', [input('X', -1)], ['a', 'b']],
  ['its first dimension must be free', [input('X', 1, 2)], ['a', 'b']],
  ['its first dimension must be free', [input('X')], ['a']],
  ['input "a" has shape [N, 2], allowed for one column', [input('a', -1, 2), input('b', -1, 1)], ['a', 'b']],
  ['input "a" has shape [N, 1, 1], allowed for one column', [input('a', -1, 1, 1)], ['a']],
  ['there is no column for the input "b", there are a', [input('a', -1, 1), input('b', -1, 1)], ['a']],
  [
    'the model does not read the column "z", it reads a, b',
    [input('a', -1), input('b', -1)],
    ['a', 'b', 'z'],
  ],
];
test.each(misfits)('%s', (words, inputs, columns) => {
  expect(() => planInputs(inputs, columns)).toThrow(words);
  expect(() => planInputs(inputs, columns)).toThrow(expect.objectContaining({ code: 'MODEL_INTERFACE' }));
});
