import { bytes, integer, message, text } from './protobuf.js';

/** Numbers of the ONNX format, https://onnx.ai/onnx/repo-docs/IR.html */
const irVersion = 8;
const opset = 17;
const types = { float: 1, int64: 7 };

const node = (operator, inputs, output, ...attributes) =>
  message(
    1,
    ...inputs.map((name) => text(1, name)),
    text(2, output),
    text(3, output),
    text(4, operator),
    ...attributes,
  );

const integerAttribute = (name, value) => message(5, text(1, name), integer(3, value), integer(20, 2));

function constant(name, type, dims, values) {
  const raw = type === 'float' ? Float32Array.from(values) : BigInt64Array.from(values, BigInt);
  const data = Buffer.from(raw.buffer);
  return message(
    5,
    ...dims.map((dim) => integer(1, dim)),
    integer(2, types[type]),
    text(8, name),
    bytes(9, data),
  );
}

/** A tensor with any number of rows. */
function tensor(field, name, type, ...dims) {
  const shape = [message(1, text(2, 'N')), ...dims.map((dim) => message(1, integer(1, dim)))];
  return message(field, text(1, name), message(2, message(1, integer(1, types[type]), message(2, ...shape))));
}

/**
 * A logistic regression as an ONNX file: one float input of shape [N, 1] a column, the outputs `label` [N] and
 * `probabilities` [N, 2]. Filling gaps and scaling are part of it.
 */
export function logisticRegressionFile(names, scaling, { weights, bias }) {
  const width = names.length;
  const column = (pick) => scaling.map(pick);
  const graph = [
    node('Concat', names, 'raw', integerAttribute('axis', 1)),
    node('IsNaN', ['raw'], 'missing'),
    node('Where', ['missing', 'fills', 'raw'], 'filled'),
    node('Sub', ['filled', 'means'], 'centred'),
    node('Div', ['centred', 'deviations'], 'scaled'),
    node('MatMul', ['scaled', 'weights'], 'weighted'),
    node('Add', ['weighted', 'bias'], 'score'),
    node('Sigmoid', ['score'], 'one'),
    node('Sub', ['unity', 'one'], 'zero'),
    node('Concat', ['zero', 'one'], 'probabilities', integerAttribute('axis', 1)),
    node('ArgMax', ['probabilities'], 'label', integerAttribute('axis', 1), integerAttribute('keepdims', 0)),
    text(2, 'logistic-regression'),
    constant(
      'fills',
      'float',
      [1, width],
      column(({ fill }) => fill),
    ),
    constant(
      'means',
      'float',
      [1, width],
      column(({ mean }) => mean),
    ),
    constant(
      'deviations',
      'float',
      [1, width],
      column(({ deviation }) => deviation),
    ),
    constant('weights', 'float', [width, 1], weights),
    constant('bias', 'float', [1], [bias]),
    constant('unity', 'float', [1], [1]),
    ...names.map((name) => tensor(11, name, 'float', 1)),
    tensor(12, 'label', 'int64'),
    tensor(12, 'probabilities', 'float', 2),
  ];
  return Buffer.concat([
    integer(1, irVersion),
    text(2, 'late-arrival-trainer'),
    message(7, ...graph),
    message(8, text(1, ''), integer(2, opset)),
  ]);
}
