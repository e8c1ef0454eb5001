import type { TensorType } from '../../domain/onnx/model-interface.js';
import { halfValue } from '../../inference/codec/half.js';
import type { TensorData, TensorValue } from '../../inference/codec/tensors.js';

type Answer = readonly TensorValue[] | null;

/**
 * Whether a model answers two rows together as it answers each alone, but for rounding. Where it refuses one of them
 * nothing is shown, and the outputs' first dimension is believed: a batch that does not keep to it is run again.
 */
export function isRowByRow(alone: readonly [Answer, Answer], together: Answer): boolean {
  const [first, second] = alone;
  if (first === null || second === null) return true;
  if (together === null) return false;
  return together.every(({ name, type, dims, data }) => {
    const parts = [first, second].map((answer) => answer.find((t) => t.name === name));
    if (dims[0] !== 2 || parts.some((part) => part?.dims[0] !== 1)) return false;
    return isSame(
      type,
      data,
      parts.flatMap((part) => [...(part?.data ?? [])]),
    );
  });
}

const fineTolerance = 1e-4;
/** A float16 has three digits. */
const coarseTolerance = 1e-2;

type Element = number | bigint | string;

function isSame(type: TensorType, data: TensorData, expected: readonly Element[]): boolean {
  if (data.length !== expected.length) return false;
  const tolerance = type === 'float16' ? coarseTolerance : fineTolerance;
  return expected.every((value, i) => isClose(shownBy(type, value), shownBy(type, data[i]), tolerance));
}

const shownBy = (type: TensorType, element: unknown) =>
  type === 'float16' ? halfValue(Number(element)) : element;

function isClose(a: unknown, b: unknown, tolerance: number): boolean {
  if (typeof a !== 'number' || typeof b !== 'number') return a === b;
  return Object.is(a, b) || a === b || Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a));
}
