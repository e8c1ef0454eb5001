import type { TensorType } from '../../domain/onnx/model-interface.js';
import { allocate, longOf, type TensorData, wholeOf } from '../../inference/codec/tensors.js';

/** Told where an element does not fit: which, what came, what is allowed. */
export type RefuseElement = (index: number, came: string, allowed: string) => Error;

/** Elements of JSON as data of a type, none of them silently changed but for the rounding of a float. */
export function readElements(
  type: TensorType,
  elements: readonly unknown[],
  refuse: RefuseElement,
): TensorData {
  const data = allocate(type, elements.length);
  const places = data as { [place: number]: number | bigint | string };
  const { convert, allowed } = readers[type];
  for (let i = 0; i < elements.length; i += 1) {
    const value = convert(elements[i]);
    if (value === undefined) throw refuse(i, describe(elements[i]), allowed);
    places[i] = value;
  }
  return data;
}

interface Reader {
  /** Undefined for what does not fit. */
  readonly convert: (element: unknown) => number | bigint | string | undefined;
  readonly allowed: string;
}

const whole = (type: Parameters<typeof wholeOf>[0], allowed: string): Reader => ({
  convert: (element) => wholeOf(type, element),
  allowed,
});
const long = (type: Parameters<typeof longOf>[0], allowed: string): Reader => ({
  convert: (element) => longOf(type, element),
  allowed,
});

const readers: Readonly<Record<TensorType, Reader>> = {
  float64: { convert: float64, allowed: 'a number that FP64 holds, or null for NaN' },
  float32: { convert: float32, allowed: 'a number that FP32 holds, or null for NaN' },
  float16: { convert: () => undefined, allowed: 'FP16 as binary data, which has no JSON form' },
  int8: whole('int8', 'a whole number of 8 bits'),
  int16: whole('int16', 'a whole number of 16 bits'),
  int32: whole('int32', 'a whole number of 32 bits'),
  int64: long('int64', 'a whole number of 64 bits'),
  uint8: whole('uint8', 'a whole number of 8 bits from 0'),
  uint16: whole('uint16', 'a whole number of 16 bits from 0'),
  uint32: whole('uint32', 'a whole number of 32 bits from 0'),
  uint64: long('uint64', 'a whole number of 64 bits from 0'),
  bool: {
    convert: (element) => (typeof element === 'boolean' ? Number(element) : undefined),
    allowed: 'true or false',
  },
  string: {
    convert: (element) =>
      typeof element === 'string' && !/\p{Surrogate}/u.test(element) ? element : undefined,
    allowed: 'a string of whole characters',
  },
};

/** JSON writes a number that is too large as it writes any other, and parsing makes it infinite. */
function float64(element: unknown): number | undefined {
  if (typeof element === 'number') return Number.isFinite(element) ? element : undefined;
  if (element === null) return Number.NaN;
  return typeof element === 'bigint' ? Number(element) : undefined;
}

function float32(element: unknown): number | undefined {
  const value = float64(element);
  if (value === undefined || Number.isNaN(value)) return value;
  return Number.isFinite(Math.fround(value)) ? value : undefined;
}

function describe(element: unknown): string {
  if (Array.isArray(element)) return 'an array';
  switch (typeof element) {
    case 'string':
      return 'a string';
    case 'object':
      return element === null ? 'null' : 'an object';
    case 'undefined':
      return 'nothing';
    default:
      return String(element);
  }
}
