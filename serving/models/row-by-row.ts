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
  return together.every(({ name, dims, data }) => {
    const parts = [first, second].map((answer) => answer.find((t) => t.name === name));
    if (dims[0] !== 2 || parts.some((part) => part?.dims[0] !== 1)) return false;
    return isSame(
      data,
      parts.flatMap((part) => [...(part?.data ?? [])]),
    );
  });
}

const tolerance = 1e-4;

function isSame(data: TensorData, expected: readonly (number | bigint | string)[]): boolean {
  return data.length === expected.length && expected.every((value, i) => isClose(value, data[i]));
}

function isClose(a: number | bigint | string, b: unknown): boolean {
  if (typeof a !== 'number' || typeof b !== 'number') return a === b;
  return Object.is(a, b) || a === b || Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a));
}
