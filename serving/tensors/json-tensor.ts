import type { TensorType } from '../../domain/onnx/model-interface.js';
import type { TensorValue } from '../../inference/codec/tensors.js';
import { requireCount } from './element-count.js';
import { flatten } from './flatten.js';
import { readElements } from './read-elements.js';
import { refuseTensor, withoutJson } from './refuse.js';

/** A tensor as its JSON form says it; bigint stands for whole numbers beyond 2^53. */
export interface JsonTensor {
  readonly name: string;
  readonly type: TensorType;
  readonly shape: readonly number[];
  readonly data: readonly unknown[];
}

/** Error: `REQUEST_INVALID`, naming the tensor, where an element does not fit the type or the shape. */
export function readJsonTensor({ name, type, shape, data }: JsonTensor): TensorValue {
  if (type === 'float16') throw refuseTensor(name, `${withoutJson}: send it as binary data`);
  const flat = flatten(name, shape, data);
  requireCount(name, shape, flat.length);
  const values = readElements(type, flat, (index, came, allowed) =>
    refuseTensor(name, `has ${came} as element ${index}, allowed is ${allowed}`),
  );
  return { name, type, dims: shape, data: values };
}
