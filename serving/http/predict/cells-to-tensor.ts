import type { InterfaceTensor } from '../../../domain/onnx/model-interface.js';
import { elementCount, type TensorValue } from '../../../inference/codec/tensors.js';
import { readElements } from '../../tensors/read-elements.js';
import { refuseRow } from './refuse-row.js';

/**
 * What the rows have for one input, as its tensor. A null number is NaN and a null string is '', as in the evaluation of
 * the model.
 * Error: `REQUEST_INVALID`, naming the row.
 */
export function cellsToTensor(
  { name, type, shape }: InterfaceTensor,
  cells: readonly unknown[],
): TensorValue {
  const inner = innerShape(shape.slice(1), cells[0]);
  const width = elementCount(inner);
  const flat: unknown[] = [];
  for (const [row, cell] of cells.entries())
    collect(name, row, inner, 0, width === 1 ? boxed(inner, cell) : cell, flat);
  const elements = type === 'string' ? flat.map((element) => element ?? '') : flat;
  const data = readElements(type, elements, (index, came, allowed) =>
    refuseRow(Math.floor(index / width), `"${name}" is ${came}, allowed is ${allowed}`),
  );
  return { name, type, dims: [cells.length, ...inner], data };
}

/** Free dimensions have the size that the first row gives them. */
function innerShape(shape: readonly number[], first: unknown): readonly number[] {
  let inner = first;
  return shape.map((size) => {
    const came = Array.isArray(inner) ? inner.length : 1;
    inner = Array.isArray(inner) ? inner[0] : inner;
    return size === -1 ? came : size;
  });
}

/** One value needs no arrays around it. */
function boxed(inner: readonly number[], cell: unknown): unknown {
  return Array.isArray(cell) ? cell : inner.reduce<unknown>((value) => [value], cell);
}

function collect(
  name: string,
  row: number,
  inner: readonly number[],
  depth: number,
  cell: unknown,
  flat: unknown[],
): void {
  if (depth === inner.length) {
    flat.push(cell);
    return;
  }
  if (!Array.isArray(cell)) {
    throw refuseRow(row, `"${name}" is not an array, asked for is one of shape [${inner.join(', ')}]`);
  }
  if (cell.length !== inner[depth]) {
    throw refuseRow(row, `"${name}" has ${cell.length} values, asked for are ${inner[depth]}`);
  }
  for (const value of cell) collect(name, row, inner, depth + 1, value, flat);
}
