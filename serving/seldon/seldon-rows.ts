import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { elementCount } from '../../inference/codec/tensors.js';
import { countElements, requireCount } from '../tensors/element-count.js';
import { shown } from '../tensors/refuse.js';

/**
 * Rows of a table with the names of its columns. Those of a model with several inputs are the inputs, in any order; of one
 * input they say what is in it, and change nothing. Error: `REQUEST_INVALID` where names and values do not go together.
 */
export function rowsOfTable(
  rows: readonly unknown[],
  names: readonly string[],
  areInputs: boolean,
): readonly unknown[] {
  if (names.length === 0) return rows;
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw refuse(`data.names has "${shown(twice)}" twice`);
  return rows.map((row, at) => {
    const values: readonly unknown[] = Array.isArray(row) ? row : [row];
    if (values.length !== names.length) {
      throw refuse(`row ${at}: has ${values.length} values, data.names has ${names.length} names`);
    }
    return areInputs ? Object.fromEntries(names.map((name, i) => [name, values[i]])) : row;
  });
}

/** Rows of a flat list in row-major order. Error: `REQUEST_INVALID` where the shape asks for another number of values. */
export function rowsOfTensor(shape: readonly number[], values: readonly unknown[]): readonly unknown[] {
  if (shape.length === 0) throw refuse('data.tensor.shape is empty, its first dimension must be the rows');
  countElements('data.tensor', shape);
  requireCount('data.tensor', shape, values.length);
  let level = values;
  for (let depth = shape.length - 1; depth > 0; depth -= 1) {
    const [within, size] = [level, shape[depth] ?? 0];
    level = Array.from({ length: elementCount(shape.slice(0, depth)) }, (_, at) =>
      within.slice(at * size, (at + 1) * size),
    );
  }
  return level;
}

const refuse = (message: string) => new RatchetError('REQUEST_INVALID', message);
