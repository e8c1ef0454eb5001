import { messageOf, RatchetError } from '../errors/ratchet-error.js';
import { elementTypes } from './element-types.js';
import type { OnnxModel, OnnxValue } from './model-proto.js';
import { readModel } from './read-model.js';
import { requiredInputs } from './required-inputs.js';
import { StructureError } from './structure-error.js';

export const tensorTypes = [
  'float32',
  'float64',
  'int64',
  'int32',
  'string',
  'bool',
  'float16',
  'int8',
  'int16',
  'uint8',
  'uint16',
  'uint32',
  'uint64',
] as const;
export type TensorType = (typeof tensorTypes)[number];

/** One named, typed tensor of a model. `-1` in its shape is any size. */
export interface InterfaceTensor {
  readonly name: string;
  readonly type: TensorType;
  readonly shape: readonly number[];
}

/** What a model reads and answers, in the file's order. */
export interface OnnxInterface {
  readonly inputs: readonly InterfaceTensor[];
  readonly outputs: readonly InterfaceTensor[];
}

/**
 * Reads the named, typed tensors of an ONNX file, without running it.
 * @throws RatchetError `MODEL_HOSTILE` where the file cannot be read, `MODEL_INTERFACE` where a tensor has a type that is
 * not carried, or no shape.
 */
export function modelInterface(bytes: Uint8Array): OnnxInterface {
  const { graph } = readOrRefuse(bytes);
  return {
    inputs: requiredInputs(graph).map((value) => tensorOf('input', value)),
    outputs: graph.outputs.map((value) => tensorOf('output', value)),
  };
}

function readOrRefuse(bytes: Uint8Array): OnnxModel {
  try {
    return readModel(bytes);
  } catch (error) {
    if (!(error instanceof StructureError)) throw error;
    throw new RatchetError('MODEL_HOSTILE', messageOf(error), { rule: error.rule }, { cause: error });
  }
}

function tensorOf(what: 'input' | 'output', { name, kind, elementType, shape }: OnnxValue): InterfaceTensor {
  const refuse = (is: string) =>
    new RatchetError('MODEL_INTERFACE', `${what} "${name}" of the model ${is}`, { [what]: name });
  if (kind !== 'tensor')
    throw refuse(`is not a tensor but ${kind === 'none' ? 'without a type' : `a ${kind}`}`);
  const type = tensorTypes.find((t) => t === elementTypes[elementType]?.name);
  if (type === undefined) {
    const came = elementTypes[elementType]?.name ?? `type ${elementType}`;
    throw refuse(`is ${came}, allowed are ${tensorTypes.join(', ')}`);
  }
  if (shape === null) throw refuse('has no shape');
  return { name, type, shape: shape.map((size) => sizeOf(size, refuse)) };
}

function sizeOf(size: bigint | string, refuse: (is: string) => RatchetError): number {
  if (typeof size === 'string') return -1;
  if (size === -1n) return -1;
  if (size < 0n || size > 2n ** 31n) throw refuse(`has a dimension of ${size}`);
  return Number(size);
}
