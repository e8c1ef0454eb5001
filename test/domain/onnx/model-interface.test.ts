import { expect, test } from 'vitest';
import { modelInterface } from '../../../domain/onnx/model-interface.js';
import { fixtureBytes } from './fixtures.js';
import { graph, model, node, tensor, value } from './onnx-writer.js';
import { concat, int, message, text } from './proto-writer.js';

test('named inputs and outputs come in the order of the file with their types', () => {
  expect(modelInterface(fixtureBytes('logistic'))).toEqual({
    inputs: [
      { name: 'distance', type: 'float32', shape: [-1, 1] },
      { name: 'hour', type: 'float32', shape: [-1, 1] },
      { name: 'wind', type: 'float32', shape: [-1, 1] },
      { name: 'carrier', type: 'string', shape: [-1, 1] },
    ],
    outputs: [
      { name: 'label', type: 'int64', shape: [-1] },
      { name: 'probabilities', type: 'float32', shape: [-1, 2] },
    ],
  });
});

test('one wide matrix is told with its width', () => {
  expect(modelInterface(fixtureBytes('boosting')).inputs).toEqual([
    { name: 'features', type: 'float32', shape: [-1, 3] },
  ]);
});

test('an input with an initializer as its default is not asked for', () => {
  const weights = tensor({ name: 'w', dims: [1], raw: new Uint8Array(4) });
  const bytes = model({
    graph: graph({
      nodes: [node('Add', ['x', 'w'], ['y'])],
      initializers: [weights],
      inputs: [value('x'), value('w', 1, [1])],
    }),
  });
  expect(modelInterface(bytes).inputs.map((t) => t.name)).toEqual(['x']);
});

const withInput = (input: Uint8Array) => model({ graph: graph({ inputs: [input] }) });
const withoutShape = concat(text(1, 'x'), message(2, message(1, int(1, 1))));
const refused: readonly (readonly [string, string, Uint8Array])[] = [
  ['bfloat16', 'input "x" of the model is bfloat16, allowed are', withInput(value('x', 16))],
  ['an unknown type', 'is type 99, allowed are', withInput(value('x', 99))],
  ['no shape', 'has no shape', withInput(withoutShape)],
  ['a size below zero', 'has a dimension of -7', withInput(value('x', 1, [-7]))],
  ['no type', 'is not a tensor but without a type', withInput(text(1, 'x'))],
  ['a sequence', 'output "output_probability" of the model is not a tensor', fixtureBytes('logistic-zipmap')],
];
test.each(refused)('a tensor with %s is refused', (_what, words, bytes) => {
  expect(() => modelInterface(bytes)).toThrow(words);
  expect(() => modelInterface(bytes)).toThrow(expect.objectContaining({ code: 'MODEL_INTERFACE' }));
});

test('a file that cannot be read is hostile', () => {
  expect(() => modelInterface(Uint8Array.of(8, 8, 58, 200))).toThrow(
    expect.objectContaining({ code: 'MODEL_HOSTILE', details: { rule: 'wire' } }),
  );
});
