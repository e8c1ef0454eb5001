import { aiOnnxOperators } from './ai-onnx.js';
import { aiOnnxMlOperators } from './ai-onnx-ml.js';
import type { OperatorTable } from './operator-table.js';

/** The domains whose operators are taken. */
export const standardDomains: ReadonlyMap<string, OperatorTable> = new Map([
  ['ai.onnx', aiOnnxOperators],
  ['ai.onnx.ml', aiOnnxMlOperators],
]);

const random = 'answers differently each time';

/** Standard operators that are refused all the same, by domain and name, with the reason. */
export const refusedOperators: ReadonlyMap<string, string> = new Map([
  ['ai.onnx.Loop', 'may never end; no export of a tabular model needs it'],
  ['ai.onnx.ml.ZipMap', 'makes maps, which are not tensors; export with the option zipmap=False'],
  ['ai.onnx.Bernoulli', random],
  ['ai.onnx.Multinomial', random],
  ['ai.onnx.RandomNormal', random],
  ['ai.onnx.RandomNormalLike', random],
  ['ai.onnx.RandomUniform', random],
  ['ai.onnx.RandomUniformLike', random],
]);

/** The format lets the first domain go without its name. */
export function normalDomain(domain: string): string {
  return domain === '' ? 'ai.onnx' : domain;
}
