import { halfValue } from '../../inference/codec/half.js';
import { elementCount, type TensorValue } from '../../inference/codec/tensors.js';

/**
 * Of every row the values of its tensors, as one JSON object. A value is a number, text or truth value where a tensor has
 * one for a row, else a flat list of them. NaN is null; the infinite are the texts `Infinity` and `-Infinity`. Null where
 * a tensor has not one part a row.
 */
export function rowValues(tensors: readonly TensorValue[], rows: number): readonly string[] | null {
  if (tensors.some(({ dims }) => dims[0] !== rows)) return null;
  const columns = tensors.map((tensor) => ({
    key: JSON.stringify(storable(tensor.name)),
    width: elementCount(tensor.dims.slice(1)),
    texts: elementTexts(tensor),
  }));
  return Array.from({ length: rows }, (_, row) => {
    const fields = columns.map(({ key, width, texts }) => {
      if (width === 1) return `${key}:${texts[row]}`;
      return `${key}:[${texts.slice(row * width, (row + 1) * width).join(',')}]`;
    });
    return `{${fields.join(',')}}`;
  });
}

/** All of the tensors as one object, where nobody knows which part is of which row. */
export function wholeValues(tensors: readonly TensorValue[]): string {
  const fields = tensors.map(
    (tensor) => `${JSON.stringify(storable(tensor.name))}:[${elementTexts(tensor).join(',')}]`,
  );
  return `{${fields.join(',')}}`;
}

function elementTexts({ type, data }: TensorValue): readonly string[] {
  const texts = new Array<string>(data.length);
  for (let i = 0; i < data.length; i += 1) {
    const element = data[i];
    const value = type === 'float16' ? halfValue(Number(element)) : element;
    if (typeof value === 'string') texts[i] = JSON.stringify(storable(value));
    else if (type === 'bool') texts[i] = value === 0 ? 'false' : 'true';
    else if (typeof value === 'bigint' || Number.isFinite(value)) texts[i] = String(value);
    else texts[i] = Number.isNaN(value) ? 'null' : `"${value}"`;
  }
  return texts;
}

/** What no JSON of the database holds is replaced: NUL, and half of a pair. */
function storable(text: string): string {
  return text.replaceAll(/\0|\p{Surrogate}/gu, '\uFFFD');
}
