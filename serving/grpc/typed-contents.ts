import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { TensorType } from '../../domain/onnx/model-interface.js';
import {
  allocate,
  type TensorData,
  type TensorValue,
  wholeOf,
  wholeRanges,
} from '../../inference/codec/tensors.js';
import { datatypeOf } from '../tensors/datatypes.js';
import { requireCount } from '../tensors/element-count.js';
import { textOf } from '../tensors/raw-tensor.js';
import { refuseTensor } from '../tensors/refuse.js';
import type { ContentsMessage, WireLong } from './messages/infer.js';
import { bigintOf, longOf } from './wire-long.js';

type Field = keyof ContentsMessage;

type TypedType = Exclude<TensorType, 'float16'>;

/** FP16 has no list of its own and goes raw. */
const fields: Readonly<Record<TypedType, Field>> = {
  float32: 'fp32_contents',
  float64: 'fp64_contents',
  int8: 'int_contents',
  int16: 'int_contents',
  int32: 'int_contents',
  int64: 'int64_contents',
  uint8: 'uint_contents',
  uint16: 'uint_contents',
  uint32: 'uint_contents',
  uint64: 'uint64_contents',
  bool: 'bool_contents',
  string: 'bytes_contents',
};

/** Whether there is any element in it. */
export function hasElements(contents: ContentsMessage | null): contents is ContentsMessage {
  return contents !== null && filledFields(contents).length > 0;
}

/**
 * A tensor of the elements in the list of its type.
 * @throws RatchetError `REQUEST_INVALID`, naming the tensor, where another list has elements, there are more or fewer than its
 * dimensions ask for, an element is beyond the type, or the type has no list.
 */
export function tensorOfContents(
  name: string,
  type: TensorType,
  dims: readonly number[],
  contents: ContentsMessage | null,
): TensorValue {
  if (type === 'float16') throw refuseTensor(name, `${untyped}: send it as raw contents`);
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

function dataOf(name: string, type: TypedType, contents: ContentsMessage | null): TensorData {
  const elements = contents?.[fields[type]] ?? [];
  if (type === 'string') return (elements as readonly Buffer[]).map((bytes) => textOf(name, bytes));
  if (type === 'float32') return Float32Array.from(elements as readonly number[]);
  if (type === 'float64') return Float64Array.from(elements as readonly number[]);
  if (type === 'bool') return Uint8Array.from(elements as readonly boolean[], Number);
  const data = allocate(type, elements.length) as { [place: number]: number | bigint };
  for (const [i, element] of elements.entries()) data[i] = elementOf(name, type, element);
  return data as TensorData;
}

/** Several types share a list that holds more than the least of them. */
function elementOf(
  name: string,
  type: keyof typeof wholeRanges | 'int64' | 'uint64',
  element: unknown,
): number | bigint {
  if (type === 'int64' || type === 'uint64') return bigintOf(element as WireLong);
  const value = wholeOf(type, element);
  if (value !== undefined) return value;
  throw refuseTensor(
    name,
    `has ${element} as ${datatypeOf[type]}, allowed is ${wholeRanges[type].join(' to ')}`,
  );
}

/** The way back: the elements in the list of the tensor's type. Error: `REQUEST_INVALID` where the type has none. */
export function contentsOf({ name, type, data }: TensorValue): Partial<ContentsMessage> {
  if (type !== 'float16') return { [fields[type]]: listOf(type, data) };
  throw new RatchetError('REQUEST_INVALID', `output "${name}" ${untyped}: send the request as raw contents`, {
    output: name,
  });
}

const untyped = 'is FP16, which has no typed contents';

function listOf(type: TypedType, data: TensorData): readonly unknown[] {
  if (Array.isArray(data)) return data.map((text) => Buffer.from(text));
  if (data instanceof BigInt64Array) return Array.from(data, (value) => longOf(value));
  if (data instanceof BigUint64Array) return Array.from(data, (value) => longOf(value, true));
  return type === 'bool' ? Array.from(data, Boolean) : Array.from(data);
}
