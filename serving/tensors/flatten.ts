import { refuseTensor } from './refuse.js';

/**
 * The elements of an array as JSON has it: flat, or nested exactly as the shape says.
 * Error: `REQUEST_INVALID` where an inner array is longer or shorter than its dimension.
 */
export function flatten(
  name: string,
  shape: readonly number[],
  data: readonly unknown[],
): readonly unknown[] {
  if (shape.length < 2 || !Array.isArray(data[0])) return data;
  const flat: unknown[] = [];
  descend(name, shape, 0, data, flat);
  return flat;
}

function descend(
  name: string,
  shape: readonly number[],
  depth: number,
  data: readonly unknown[],
  flat: unknown[],
): void {
  if (data.length !== shape[depth]) {
    throw refuseTensor(
      name,
      `has an array of ${data.length} in dimension ${depth}, its shape [${shape.join(', ')}] asks for ${shape[depth]}`,
    );
  }
  if (depth === shape.length - 1) {
    for (const element of data) flat.push(element);
    return;
  }
  for (const inner of data) {
    if (!Array.isArray(inner)) {
      throw refuseTensor(
        name,
        `mixes arrays with values in dimension ${depth}, allowed is a flat or a nested array`,
      );
    }
    descend(name, shape, depth + 1, inner, flat);
  }
}
