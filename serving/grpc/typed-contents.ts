import type { TensorType } from '../../domain/onnx/model-interface.js';
import type { TensorData, TensorValue } from '../../inference/codec/tensors.js';
import { datatypeOf } from '../tensors/datatypes.js';
import { requireCount } from '../tensors/element-count.js';
import { textOf } from '../tensors/raw-tensor.js';
import { refuseTensor } from '../tensors/refuse.js';
import type { ContentsMessage } from './messages/infer.js';
import { bigintOf, longOf } from './wire-long.js';

type Field = keyof ContentsMessage;

const fields: Readonly<Record<TensorType, Field>> = {
  float32: 'fp32_contents',
  float64: 'fp64_contents',
  int64: 'int64_contents',
  int32: 'int_contents',
  bool: 'bool_contents',
  string: 'bytes_contents',
};

/** Whether there is any element in it. */
export function hasElements(contents: ContentsMessage | null): contents is ContentsMessage {
  return contents !== null && filledFields(contents).length > 0;
}

/**
 * A tensor of the elements in the list of its type.
 * @throws RatchetError `REQUEST_INVALID`, naming the tensor, where another list has elements, or there are more or fewer than
 * its dimensions ask for.
 */
export function tensorOfContents(
  name: string,
  type: TensorType,
  dims: readonly number[],
  contents: ContentsMessage | null,
): TensorValue {
  const field = fields[type];
  const other = contents === null ? undefined : filledFields(contents).find((filled) => filled !== field);
  if (other !== undefined) {
    throw refuseTensor(name, `is ${datatypeOf[type]} and has elements in ${other}, allowed is ${field}`);
  }
  requireCount(name, dims, contents?.[field].length ?? 0);
  return { name, type, dims, data: dataOf(name, type, contents) };
}

function filledFields(contents: ContentsMessage): Field[] {
  return (Object.keys(contents) as Field[]).filter((field) => contents[field].length > 0);
}

function dataOf(name: string, type: TensorType, contents: ContentsMessage | null): TensorData {
  switch (type) {
    case 'float32':
      return Float32Array.from(contents?.fp32_contents ?? []);
    case 'float64':
      return Float64Array.from(contents?.fp64_contents ?? []);
    case 'int32':
      return Int32Array.from(contents?.int_contents ?? []);
    case 'int64':
      return BigInt64Array.from(contents?.int64_contents ?? [], bigintOf);
    case 'bool':
      return Uint8Array.from(contents?.bool_contents ?? [], Number);
    case 'string':
      return (contents?.bytes_contents ?? []).map((bytes) => textOf(name, bytes));
  }
}

/** The way back: the elements in the list of the tensor's type. */
export function contentsOf({ type, data }: TensorValue): Partial<ContentsMessage> {
  return { [fields[type]]: listOf(type, data) };
}

function listOf(type: TensorType, data: TensorData): readonly unknown[] {
  if (Array.isArray(data)) return data.map((text) => Buffer.from(text));
  if (data instanceof BigInt64Array) return Array.from(data, longOf);
  return type === 'bool' ? Array.from(data, Boolean) : Array.from(data);
}
