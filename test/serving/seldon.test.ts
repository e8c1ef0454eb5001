import { expect, it } from 'vitest';
import type { InterfaceTensor } from '../../domain/onnx/model-interface.js';
import type { ServedVersion } from '../../serving/data-plane-port.js';
import { answerTable, requireNumbers, rowsOfColumns } from '../../serving/seldon/answer-columns.js';
import { inputsOf } from '../../serving/seldon/seldon-message.js';

const reads = (...inputs: readonly InterfaceTensor[]): ServedVersion => ({
  ...{ model: 'm', version: '1', state: 'READY', reason: '' },
  interface: { inputs, outputs: [] },
});
const label = { name: 'label', type: 'string', dims: [2], data: ['a', 'b'] } as const;
const pair = { name: 'p', type: 'float32', dims: [2, 2, 1], data: Float32Array.of(1, 2, 3, 4) } as const;

it('a text is one row of a model that reads one, and of no other', () => {
  const text = { kind: 'text', text: 'zürich' } as const;
  const one: InterfaceTensor = { name: 'x', type: 'string', shape: [-1, 1] };
  expect(inputsOf(reads(one), text)).toEqual([{ name: 'x', type: 'string', dims: [1, 1], data: ['zürich'] }]);
  expect(() => inputsOf(reads(one, { ...one, name: 'z' }), text)).toThrow(
    'row 0: is neither an array nor an object',
  );
});

it('a tensor of three dimensions is rows of matrices', () => {
  const x: InterfaceTensor = { name: 'x', type: 'float32', shape: [-1, 2, 2] };
  const values = [1, 2, 3, 4, 5, 6, 7, 8];
  const content = { kind: 'tensor', names: [], shape: [2, 2, 2], values } as const;
  expect(inputsOf(reads(x), content)).toEqual([
    { name: 'x', type: 'float32', dims: [2, 2, 2], data: Float32Array.from(values) },
  ]);
});

it('outputs stand beside each other in one table, which has no texts as tensor', () => {
  const outputs = [
    { ...label, data: [...label.data] },
    { ...pair, dims: [...pair.dims] },
  ];
  const table = answerTable(outputs, 2);
  expect(table.names).toEqual(['label', 'p:0', 'p:1']);
  expect(rowsOfColumns<unknown>(table, ({ data }) => [...data])).toEqual([
    ['a', 1, 2],
    ['b', 3, 4],
  ]);
  expect(() => requireNumbers(table)).toThrow(
    'output "label" is a text, which a tensor of Seldon cannot say: send ndarray',
  );
  expect(() => requireNumbers(answerTable(outputs.slice(1), 2))).not.toThrow();
});

it('an output that has not a part for each row is no table', () => {
  expect(() => answerTable([{ ...label, dims: [2], data: ['a', 'b'] }], 3)).toThrow(
    'output "label" has shape [2] for 3 rows',
  );
});
