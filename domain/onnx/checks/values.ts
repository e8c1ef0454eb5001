import type { Finding } from '../../verdict.js';
import type { OnnxModel, OnnxValue } from '../model-proto.js';
import { requiredInputs } from '../required-inputs.js';
import { broken } from './broken.js';

/** A model reads tensors and answers tensors. */
export function* checkValues(model: OnnxModel): Generator<Finding> {
  const inputs = requiredInputs(model.graph);
  const { outputs } = model.graph;
  if (inputs.length === 0) yield broken('no-inputs', 'the model has no inputs');
  if (outputs.length === 0) yield broken('no-outputs', 'the model has no outputs');
  for (const value of inputs) yield* checkValue('input', value);
  for (const value of outputs) yield* checkValue('output', value);
}

function* checkValue(what: 'input' | 'output', value: OnnxValue): Generator<Finding> {
  if (value.kind === 'tensor') return;
  const is = value.kind === 'none' ? 'has no type' : `is a ${value.kind}`;
  const advice =
    what === 'output' && value.kind !== 'none'
      ? ' (with skl2onnx: options={id(model): {"zipmap": False}})'
      : '';
  yield broken('value-type', `${what} "${value.name}" ${is}, allowed are tensors${advice}`);
}
