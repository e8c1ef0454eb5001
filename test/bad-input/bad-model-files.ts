import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../stack/package-root.js';
import { endlessLoop, externalData, nestedIf } from '../domain/onnx/hostile-models.js';
import { FLOAT, graph, int64Tensor, model, node, tensor, value } from '../domain/onnx/onnx-writer.js';
import { type Bytes, concat, int, text } from '../domain/onnx/proto-writer.js';
import { type BadInput, files, swap, trainer } from './bad-input.js';

const sound = readFileSync(join(packageRoot(), 'test/fixtures/tiny-model', files.onnx));
const refused = { status: 'refused', step: 'evaluate', staged: ['output/1/model.onnx'] } as const;
const hostile = { ...refused, code: 'MODEL_HOSTILE' } as const;
const unfit = { ...refused, code: 'MODEL_INTERFACE' } as const;
const noModel = { ...refused, code: 'MODEL_FORMAT' } as const;

const file = (bytes: Uint8Array) => ({ [files.onnx]: bytes });
const written = (...lines: readonly string[]) => ({
  [files.trainer]: trainer('model = target / "model.onnx"', ...lines),
});
/** The whole number of an attribute, such as the axis of an operator. */
const intAttribute = (name: string, number: number) => concat(text(1, name), int(3, number), int(20, 2));

/** A model of the columns x and y, whose nodes give `probability`. */
function answering(
  nodes: readonly Bytes[],
  { inputs = ['x', 'y'], width = 1, initializers = [] as readonly Bytes[] } = {},
): Record<string, Uint8Array> {
  const outputs = [value('probability', FLOAT, ['N', width])];
  return file(
    model({ graph: graph({ nodes, initializers, inputs: inputs.map((name) => value(name)), outputs }) }),
  );
}

/** Files that call themselves models. */
export const badModelFiles: readonly BadInput[] = [
  {
    ...noModel,
    title: 'an empty model file',
    edits: written('model.touch()'),
    says: ['model.onnx is an empty file, only ONNX files are taken'],
  },
  {
    ...noModel,
    title: 'a pickle that calls itself a model',
    edits: written('import pickle', 'model.write_bytes(pickle.dumps({"weights": [1.5, 2.5]}))'),
    says: ['model.onnx is a Python pickle, only ONNX files are taken'],
  },
  {
    ...noModel,
    title: 'a zip archive that calls itself a model',
    edits: written('import zipfile', 'zipfile.ZipFile(model, "w").writestr("archive/data.pkl", b"x")'),
    says: ['model.onnx is a PyTorch archive with a Python pickle in it, only ONNX files are taken'],
  },
  {
    ...hostile,
    title: 'a model file that was cut off',
    edits: file(sound.subarray(0, sound.length - 40)),
    says: ['the file is broken or cut off at byte 5: field 7 has 197 bytes, 163 are left'],
  },
  {
    ...hostile,
    title: 'a model whose weights lie in another file',
    edits: file(externalData('../../../etc/passwd')),
    says: ['tensor "w" in the graph keeps its data outside the file, which is not allowed'],
  },
  {
    ...hostile,
    title: 'a model with operators of its own',
    edits: answering([node('Evil', ['x', 'y'], ['probability'], { domain: 'com.evil' })]),
    says: ['operators of the domain "com.evil" are not allowed'],
  },
  {
    ...hostile,
    title: 'a model with a loop',
    edits: file(endlessLoop()),
    says: ['ai.onnx.Loop may never end; no export of a tabular model needs it'],
  },
  {
    ...hostile,
    title: 'a model of nested conditions',
    edits: file(nestedIf(20)),
    says: ['graphs are nested more than 8 deep'],
  },
  {
    ...refused,
    title: 'a model that cannot be loaded',
    edits: answering([node('MatMul', ['x', 'w'], ['probability'])], {
      initializers: [tensor({ name: 'w', dims: [3, 1], raw: new Uint8Array(12) })],
    }),
    code: 'MODEL_LOAD',
    says: ['MatMul'],
  },
  {
    ...refused,
    title: 'a model that asks for all the memory there is',
    edits: answering(
      [
        node('ConstantOfShape', ['size'], ['big']),
        node('ReduceSum', ['big'], ['sum']),
        node('Add', ['x', 'sum'], ['probability']),
      ],
      { initializers: [int64Tensor('size', [2n ** 40n])] },
    ),
    code: 'MODEL_RUN',
    says: ['memory'],
  },
  {
    ...unfit,
    title: 'a model with an input that the dataset does not have',
    edits: answering([node('Add', ['x', 'z'], ['probability'])], { inputs: ['x', 'z'] }),
    says: ['the model does not read the column "y", it reads x, z'],
  },
  {
    ...unfit,
    title: 'a model without the output that is judged',
    edits: { [files.model]: swap('output: probability', 'output: chance') },
    says: ['evaluation.output names "chance", which the model does not give; it gives probability'],
  },
  {
    ...unfit,
    title: 'a model that gives three numbers for each row',
    edits: answering(
      [node('Concat', ['x', 'y', 'x'], ['probability'], { attributes: [intAttribute('axis', 1)] })],
      { width: 3 },
    ),
    says: ['output "probability" has 3 columns for each row; classification takes one or two'],
  },
  {
    ...refused,
    title: 'a model that answers with no number',
    edits: answering([node('Sub', ['x', 'x'], ['zero']), node('Div', ['zero', 'zero'], ['probability'])]),
    code: 'METRIC_UNDEFINED',
    says: ['score of train is NaN at place 0', 'every answer must be a finite number'],
  },
  {
    ...refused,
    title: 'a model that answers outside of 0 and 1',
    edits: answering([node('Mul', ['x', 'y'], ['product']), node('Exp', ['product'], ['probability'])]),
    code: 'METRIC_UNDEFINED',
    says: [/score of train is \d+\.\d+ at place \d+/, 'a probability lies within 0..1'],
  },
];
