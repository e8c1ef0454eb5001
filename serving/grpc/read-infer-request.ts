import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { TensorValue } from '../../inference/codec/tensors.js';
import type { InferenceRequest } from '../inference-request.js';
import { typeOfDatatype } from '../tensors/datatypes.js';
import { countElements } from '../tensors/element-count.js';
import { tensorOfRaw } from '../tensors/raw-tensor.js';
import { shown } from '../tensors/refuse.js';
import type { Caller } from './caller.js';
import type { InferRequestMessage, InputMessage } from './messages/infer.js';
import { checkTensorParameters, readParameters } from './request-parameters.js';
import { hasElements, tensorOfContents } from './typed-contents.js';
import { bigintOf } from './wire-long.js';

/** A request, and how its answer is to be written. */
export interface ReadInferRequest {
  readonly request: InferenceRequest;
  readonly id: string;
  /** Came with raw contents, and is answered so. */
  readonly raw: boolean;
  readonly marksFinal: boolean;
}

/** @throws RatchetError `REQUEST_INVALID`, naming the tensor or parameter that is wrong. */
export function readInferRequest(message: InferRequestMessage, caller: Caller): ReadInferRequest {
  const { timeoutMs, priority, unitId, eventAt, marksFinal } = readParameters(message.parameters);
  for (const { parameters } of message.inputs) checkTensorParameters(parameters);
  for (const { parameters } of message.outputs) checkTensorParameters(parameters);
  requireDistinct('input', message.inputs);
  requireDistinct('output', message.outputs);
  const raw = message.raw_input_contents.length > 0;
  const times = [timeoutMs, caller.timeLeftMs()].filter((ms) => ms !== undefined);
  const request: InferenceRequest = {
    model: message.model_name,
    version: message.model_version === '' ? null : message.model_version,
    inputs: raw ? rawInputs(message) : message.inputs.map(typedInput),
    outputs: message.outputs.map(({ name }) => name),
    signal: caller.signal,
    ...(times.length > 0 ? { timeoutMs: Math.min(...times) } : {}),
    ...(priority === undefined ? {} : { priority }),
    unitId,
    eventAt,
    requestId: message.id === '' ? undefined : message.id,
  };
  return { request, id: message.id, raw, marksFinal };
}

function requireDistinct(what: string, tensors: readonly { readonly name: string }[]): void {
  const names = new Set<string>();
  for (const { name } of tensors) {
    if (names.has(name)) throw refuse(`the ${what} "${shown(name)}" is there twice`);
    names.add(name);
  }
}

function rawInputs({ inputs, raw_input_contents: contents }: InferRequestMessage): TensorValue[] {
  const typed = inputs.find((input) => hasElements(input.contents));
  if (typed !== undefined) {
    throw refuse(
      `tensor "${shown(typed.name)}" has typed contents and the request raw ones, allowed is one of them`,
    );
  }
  if (contents.length !== inputs.length) {
    throw refuse(
      `there are ${contents.length} raw contents for ${inputs.length} inputs, allowed is one for each`,
    );
  }
  return inputs.map((input, i) => {
    const { name, type, dims } = headOf(input);
    return tensorOfRaw(name, type, dims, contents[i] ?? Buffer.alloc(0));
  });
}

function typedInput(input: InputMessage): TensorValue {
  const { name, type, dims } = headOf(input);
  return tensorOfContents(name, type, dims, input.contents);
}

function headOf({ name, datatype, shape }: InputMessage) {
  const type = typeOfDatatype(name, datatype);
  const dims = shape.map((size) => Number(bigintOf(size)));
  countElements(name, dims);
  return { name, type, dims };
}

function refuse(message: string): RatchetError {
  return new RatchetError('REQUEST_INVALID', message);
}
