import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { InterfaceTensor, OnnxInterface } from '../../domain/onnx/model-interface.js';
import type { TensorValue } from '../../inference/codec/tensors.js';
import type { InferenceRequest } from '../../serving/inference-request.js';

/** The inputs in the order of the model. Error: `REQUEST_INVALID` where they do not fit it. */
export function fitRequest(of: OnnxInterface, { inputs, outputs }: InferenceRequest): readonly TensorValue[] {
  const extra = inputs.find(({ name }) => !of.inputs.some((input) => input.name === name));
  if (extra !== undefined) throw refuse(`tensor "${extra.name}" is not an input of the model`);
  const missing = outputs.find((name) => !of.outputs.some((output) => output.name === name));
  if (missing !== undefined) throw refuse(`"${missing}" is not an output of the model`);
  const fitted = of.inputs.map((input) => fitTensor(input, inputs));
  if (new Set(fitted.map(({ dims }) => dims[0])).size > 1) throw refuse('inputs differ in their rows');
  return fitted;
}

/** Those that are wanted, in that order; all where none is named. */
export function wantedOutputs(
  outputs: readonly TensorValue[],
  wanted: readonly string[],
): readonly TensorValue[] {
  if (wanted.length === 0) return outputs;
  return wanted.flatMap((name) => outputs.filter((output) => output.name === name));
}

function fitTensor({ name, type, shape }: InterfaceTensor, inputs: readonly TensorValue[]): TensorValue {
  const found = inputs.find((tensor) => tensor.name === name);
  if (found === undefined) throw refuse(`input "${name}" is missing`);
  if (found.type !== type) throw refuse(`tensor "${name}" is ${found.type}, the model asks for ${type}`);
  const fits =
    found.dims.length === shape.length && shape.every((size, i) => size === -1 || size === found.dims[i]);
  if (fits) return found;
  throw refuse(
    `tensor "${name}" has shape [${found.dims.join(', ')}], the model asks for [${shape.join(', ')}]`,
  );
}

const refuse = (message: string) => new RatchetError('REQUEST_INVALID', message);
