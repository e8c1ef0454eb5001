import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { elementCount, type TensorValue } from '../../inference/codec/tensors.js';

/** An output as columns of a table: one value of it, or several, a row. */
interface AnswerColumns {
  readonly output: TensorValue;
  readonly width: number;
}

/** What a model answers as one table. */
export interface AnswerTable {
  readonly columns: readonly AnswerColumns[];
  /** An output of several values a row has `name:0`, `name:1` and so on. */
  readonly names: readonly string[];
  readonly rows: number;
}

/** Error: `MODEL_RUN` where an output does not answer row by row. */
export function answerTable(outputs: readonly TensorValue[], rows: number): AnswerTable {
  const columns = outputs.map((output) => ({ output, width: widthOf(output, rows) }));
  const names = columns.flatMap(({ output: { name }, width }) =>
    width === 1 ? [name] : Array.from({ length: width }, (_, i) => `${name}:${i}`),
  );
  return { columns, names, rows };
}

/** The values of a table row by row, from those of each output. */
export function rowsOfColumns<T>(
  { columns, rows }: AnswerTable,
  valuesOf: (output: TensorValue) => readonly T[],
): readonly (readonly T[])[] {
  const values = columns.map(({ output }) => valuesOf(output));
  return Array.from({ length: rows }, (_, row) =>
    columns.flatMap(({ width }, i) => values[i]?.slice(row * width, (row + 1) * width) ?? []),
  );
}

/** A tensor of Seldon has numbers. Error: `REQUEST_INVALID` for texts, naming the output. */
export function requireNumbers({ columns }: AnswerTable): void {
  const text = columns.find(({ output }) => output.type === 'string');
  if (text === undefined) return;
  const { name } = text.output;
  const message = `output "${name}" is a text, which a tensor of Seldon cannot say: send ndarray`;
  throw new RatchetError('REQUEST_INVALID', message, { output: name });
}

function widthOf({ name, dims }: TensorValue, rows: number): number {
  if (dims.length > 0 && dims[0] === rows) return elementCount(dims.slice(1));
  const came = `output "${name}" has shape [${dims.join(', ')}] for ${rows} rows`;
  throw new RatchetError('MODEL_RUN', `${came}, its first dimension must be the rows`);
}
