import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { InterfaceTensor } from '../../../domain/onnx/model-interface.js';
import { shown } from '../../tensors/refuse.js';
import type { PredictRows } from './predict-body.js';
import { refuseRow } from './refuse-row.js';

/** For every input of a model, what each row has for it. */
export type Cells = readonly (readonly unknown[])[];

/** Error: `REQUEST_INVALID`, naming the row or the column, where rows do not have what the inputs ask for. */
export function readCells(inputs: readonly InterfaceTensor[], body: PredictRows): Cells {
  if (body.kind === 'columns') return cellsOfColumns(inputs, body.columns);
  const cells = inputs.map(() => new Array<unknown>(body.rows.length));
  for (const [at, row] of body.rows.entries()) {
    const values = valuesOfRow(inputs, row, at);
    for (const [i, value] of values.entries()) (cells[i] as unknown[])[at] = value;
  }
  return cells;
}

function cellsOfColumns(
  inputs: readonly InterfaceTensor[],
  columns: Readonly<Record<string, readonly unknown[]>>,
): Cells {
  const unread = unknownName(inputs, columns);
  if (unread !== undefined)
    throw refuse(`column "${shown(unread)}" is not an input of the model, ${asked(inputs)}`);
  const cells = inputs.map(({ name }) => {
    const column = Object.hasOwn(columns, name) ? columns[name] : undefined;
    if (column === undefined) throw refuse(`there is no column "${name}", ${asked(inputs)}`);
    return column;
  });
  const other = cells.findIndex((column) => column.length !== cells[0]?.length);
  if (other === -1) return cells;
  throw refuse(
    `column "${inputs[other]?.name}" has ${cells[other]?.length} rows, column "${inputs[0]?.name}" has ${cells[0]?.length}`,
  );
}

function valuesOfRow(inputs: readonly InterfaceTensor[], row: unknown, at: number): readonly unknown[] {
  const [only] = inputs;
  if (isObject(row)) return valuesByName(inputs, row, at);
  if (inputs.length === 1 && only !== undefined && isItsValue(only, row)) return [row];
  if (!Array.isArray(row)) throw refuseRow(at, `is neither an array nor an object, ${asked(inputs)}`);
  if (row.length === inputs.length) return row;
  throw refuseRow(at, `has ${row.length} values, the model has ${inputs.length} inputs, ${asked(inputs)}`);
}

function valuesByName(
  inputs: readonly InterfaceTensor[],
  row: Readonly<Record<string, unknown>>,
  at: number,
): readonly unknown[] {
  const unread = unknownName(inputs, row);
  if (unread !== undefined)
    throw refuseRow(at, `"${shown(unread)}" is not an input of the model, ${asked(inputs)}`);
  return inputs.map(({ name }) => {
    if (Object.hasOwn(row, name)) return row[name];
    throw refuseRow(at, `there is no value for "${name}", ${asked(inputs)}`);
  });
}

/** A row of a model with one input may be the value itself, which is told by how deep its arrays go. */
function isItsValue({ shape }: InterfaceTensor, row: unknown): boolean {
  let depth = 0;
  for (let inner = row; Array.isArray(inner); inner = inner[0]) depth += 1;
  return depth === 0 || depth === shape.length - 1;
}

function unknownName(inputs: readonly InterfaceTensor[], named: object): string | undefined {
  return Object.keys(named).find((key) => !inputs.some(({ name }) => name === key));
}

const isObject = (row: unknown): row is Readonly<Record<string, unknown>> =>
  typeof row === 'object' && row !== null && !Array.isArray(row);
const asked = (inputs: readonly InterfaceTensor[]) =>
  `asked for are ${inputs.map(({ name }) => name).join(', ')}`;
const refuse = (message: string) => new RatchetError('REQUEST_INVALID', message);
