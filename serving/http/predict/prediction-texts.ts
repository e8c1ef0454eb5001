import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { TensorValue } from '../../../inference/codec/tensors.js';
import { elementTexts } from '../../tensors/json-text.js';

/**
 * For every row its prediction as JSON: a number or an array where the model has one output, else an object by output.
 * An output of one value a row is that value.
 * Errors: `MODEL_RUN` where an output does not answer row by row, `REQUEST_INVALID` where JSON cannot say it.
 */
export function predictionTexts(outputs: readonly TensorValue[], rows: number): readonly string[] {
  const columns = outputs.map((output) => rowTexts(output, rows));
  const [only] = columns;
  if (columns.length === 1 && only !== undefined) return only;
  const keys = outputs.map(({ name }) => JSON.stringify(name));
  return Array.from({ length: rows }, (_, row) => {
    const fields = columns.map((column, i) => `${keys[i]}:${column[row]}`);
    return `{${fields.join(',')}}`;
  });
}

function rowTexts(output: TensorValue, rows: number): readonly string[] {
  const { name, dims } = output;
  if (dims.length === 0 || dims[0] !== rows) {
    throw new RatchetError(
      'MODEL_RUN',
      `output "${name}" has shape [${dims.join(', ')}] for ${rows} rows, its first dimension must be the rows`,
    );
  }
  const inner = dims.slice(1);
  let texts = elementTexts(output);
  if (inner.every((size) => size === 1)) return texts;
  for (const [i, size] of inner.toReversed().entries()) {
    const count = inner.slice(0, inner.length - 1 - i).reduce((product, outer) => product * outer, rows);
    texts = Array.from(
      { length: count },
      (_, at) => `[${texts.slice(at * size, (at + 1) * size).join(',')}]`,
    );
  }
  return texts;
}
