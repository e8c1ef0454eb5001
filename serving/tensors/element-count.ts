import { refuseTensor } from './refuse.js';

const mostDims = 32;
/** More elements than any body can carry, and few enough to be counted exactly. */
const mostElements = 2 ** 31 - 1;

/** How many elements a shape has. Error: `REQUEST_INVALID` where it is none. */
export function countElements(name: string, shape: readonly number[]): number {
  if (shape.length > mostDims)
    throw refuseTensor(name, `has ${shape.length} dimensions, allowed are ${mostDims}`);
  let count = 1;
  for (const size of shape) {
    if (!Number.isSafeInteger(size) || size < 0) {
      throw refuseTensor(name, `has a dimension of ${size}, allowed are whole numbers from 0`);
    }
    count *= size;
    if (count > mostElements) {
      throw refuseTensor(
        name,
        `has shape [${shape.join(', ')}], allowed are at most ${mostElements} elements`,
      );
    }
  }
  return count;
}

/** Error: `REQUEST_INVALID` where a tensor has not as many elements as its shape says. */
export function requireCount(name: string, shape: readonly number[], came: number): void {
  const expected = countElements(name, shape);
  if (came === expected) return;
  throw refuseTensor(name, `has ${came} elements, its shape [${shape.join(', ')}] asks for ${expected}`);
}
