import { RatchetError } from '../domain/errors/ratchet-error.js';
import type { InterfaceTensor, OnnxInterface } from '../domain/onnx/model-interface.js';
import { elementCount, type TensorValue } from '../inference/codec/tensors.js';
import type { InferenceRequest } from './inference-request.js';

/** A request that fits its model. */
export interface CheckedRequest {
  /** In the order of the interface. */
  readonly inputs: readonly TensorValue[];
  /** In the order in which they were wanted. */
  readonly outputs: readonly string[];
  readonly rows: number;
  /** Requests with the same key may share a batch; null for one that may not. */
  readonly batchKey: string | null;
}

/**
 * Fits a request to a model. `isRowWise`: each row of the model's answers depends on the same row of its inputs alone.
 * @throws RatchetError `REQUEST_INVALID`, naming the tensor.
 */
export function checkRequest(
  shape: OnnxInterface,
  isRowWise: boolean,
  { inputs: given, outputs: wanted }: Pick<InferenceRequest, 'inputs' | 'outputs'>,
): CheckedRequest {
  const inputs = shape.inputs.map((tensor) => requireInput(tensor, given));
  if (given.length !== inputs.length) refuseStranger(shape, given);
  const outputs = wanted.length === 0 ? shape.outputs.map((o) => o.name) : requireOutputs(shape, wanted);
  const rows = inputs[0]?.dims[0] ?? 1;
  if (isRowWise) requireSameRows(inputs, rows);
  return { inputs, outputs, rows, batchKey: isRowWise ? keyOf(inputs, wanted) : null };
}

function requireInput(tensor: InterfaceTensor, given: readonly TensorValue[]): TensorValue {
  const { name, type, shape } = tensor;
  const input = named(given, name);
  if (input === undefined) throw invalid(`the input "${name}" is missing`);
  const { dims, data } = input;
  if (input.type !== type) throw invalid(`input "${name}" is ${input.type}, the model takes ${type}`);
  if (!fits(shape, dims)) {
    const takes = shape.map((size) => (size === -1 ? 'any' : size)).join(', ');
    throw invalid(`input "${name}" has shape [${dims.join(', ')}], the model takes [${takes}]`);
  }
  const elements = elementCount(dims);
  if (!dims.every((d) => Number.isSafeInteger(d) && d >= 0) || elements !== data.length) {
    throw invalid(
      `input "${name}" has ${data.length} elements, its shape [${dims.join(', ')}] is of ${elements}`,
    );
  }
  return input;
}

function named(tensors: readonly TensorValue[], name: string): TensorValue | undefined {
  for (const tensor of tensors) if (tensor.name === name) return tensor;
  return undefined;
}

function fits(shape: readonly number[], dims: readonly number[]): boolean {
  for (let i = 0; i < shape.length; i += 1) if (shape[i] !== -1 && shape[i] !== dims[i]) return false;
  return dims.length === shape.length;
}

/** All inputs of the model are there and there are more: one is not of the model, or comes twice. */
function refuseStranger({ inputs }: OnnxInterface, given: readonly TensorValue[]): never {
  const names = inputs.map((i) => i.name);
  const stranger = given.find((t) => !names.includes(t.name));
  if (stranger !== undefined) {
    throw invalid(`the model has no input "${stranger.name}", it has ${names.join(', ')}`);
  }
  const twice = given.find((t, i) => given.findIndex((other) => other.name === t.name) !== i);
  throw invalid(`the input "${twice?.name}" is given twice`);
}

function requireOutputs({ outputs }: OnnxInterface, wanted: readonly string[]): readonly string[] {
  const names = outputs.map((o) => o.name);
  const stranger = wanted.find((name) => !names.includes(name));
  if (stranger !== undefined) {
    throw invalid(`the model has no output "${stranger}", it has ${names.join(', ')}`);
  }
  const twice = wanted.find((name, i) => wanted.indexOf(name) !== i);
  if (twice !== undefined) throw invalid(`the output "${twice}" is wanted twice`);
  return wanted;
}

function requireSameRows(inputs: readonly TensorValue[], rows: number): void {
  const other = inputs.find((t) => t.dims[0] !== rows);
  if (other === undefined) return;
  throw invalid(`input "${other.name}" has ${other.dims[0]} rows, input "${inputs[0]?.name}" has ${rows}`);
}

/** What has to be alike beside the rows. */
function keyOf(inputs: readonly TensorValue[], wanted: readonly string[]): string {
  let key = wanted.length === 0 ? '' : JSON.stringify(wanted);
  for (const { dims } of inputs) {
    for (let i = 1; i < dims.length; i += 1) key += `/${dims[i]}`;
    key += ';';
  }
  return key;
}

function invalid(message: string): RatchetError {
  return new RatchetError('REQUEST_INVALID', message);
}
