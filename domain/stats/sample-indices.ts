import type { Random } from './seeded-random.js';

/**
 * Draws `size` different indices of 0 .. `count` - 1 without replacement, ascending; all of them when `count` is not
 * larger than `size`. Every subset is equally likely.
 *
 * Source: Floyd's algorithm (Bentley and Floyd, 1987), which needs `size` numbers and no copy of the population.
 *
 * @throws RangeError when `count` or `size` is not a whole number from 0 up
 * @example sampleIndices(3, 5, random) // Uint32Array [0, 1, 2]
 */
export function sampleIndices(count: number, size: number, random: Random): Uint32Array {
  for (const [name, value] of [
    ['count', count],
    ['size', size],
  ] as const) {
    if (!Number.isInteger(value) || value < 0) {
      throw new RangeError(`${name} must be a whole number from 0 up, came ${value}`);
    }
  }
  if (count <= size) return Uint32Array.from({ length: count }, (_, index) => index);
  const chosen = new Set<number>();
  for (let last = count - size; last < count; last++) {
    const candidate = Math.floor(random() * (last + 1));
    chosen.add(chosen.has(candidate) ? last : candidate);
  }
  return Uint32Array.from(chosen).sort();
}
