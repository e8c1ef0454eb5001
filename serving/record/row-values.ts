import type { TensorType } from '../../domain/onnx/model-interface.js';
import { halfValue } from '../../inference/codec/half.js';
import { elementCount, type TensorData, type TensorValue } from '../../inference/codec/tensors.js';

/**
 * Of every row the values of its tensors, as one JSON object. A value is a number, text or truth value where a tensor has
 * one for a row, else a flat list of them. NaN is null; the infinite are the texts `Infinity` and `-Infinity`. Null where
 * a tensor has not one part a row.
 */
export function rowValues(tensors: readonly TensorValue[], rows: number): readonly string[] | null {
  if (tensors.some(({ dims }) => dims[0] !== rows)) return null;
  const texts = new Array<string>(rows).fill('{');
  for (const [place, tensor] of tensors.entries()) {
    const key = `${place === 0 ? '' : ','}${keyOf(tensor.name)}`;
    const width = elementCount(tensor.dims) / Math.max(rows, 1);
    for (let row = 0; row < rows; row += 1) {
      const values = elementsText(tensor, row * width, (row + 1) * width);
      texts[row] += width === 1 ? `${key}:${values}` : `${key}:[${values}]`;
    }
  }
  return texts.map((text) => `${text}}`);
}

/** All of the tensors as one object, where nobody knows which part is of which row. */
export function wholeValues(tensors: readonly TensorValue[]): string {
  const fields = tensors.map(
    (tensor) => `${keyOf(tensor.name)}:[${elementsText(tensor, 0, tensor.data.length)}]`,
  );
  return `{${fields.join(',')}}`;
}

/** Elements from one place to another (not included), with commas between. */
function elementsText({ type, data }: TensorValue, from: number, to: number): string {
  let text = '';
  for (let at = from; at < to; at += 1) {
    if (at > from) text += ',';
    text += elementText(type, data[at]);
  }
  return text;
}

function elementText(type: TensorType, element: TensorData[number] | undefined): string {
  const value = type === 'float16' ? halfValue(Number(element)) : element;
  if (typeof value === 'string') return JSON.stringify(storable(value));
  if (type === 'bool') return value === 0 ? 'false' : 'true';
  if (typeof value === 'bigint' || Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? 'null' : `"${value}"`;
}

const mostKeys = 1000;
const keys = new Map<string, string>();

/** Names are those of the models that are served, the same for every record. */
function keyOf(name: string): string {
  const known = keys.get(name);
  if (known !== undefined) return known;
  if (keys.size >= mostKeys) keys.clear();
  const key = JSON.stringify(storable(name));
  keys.set(name, key);
  return key;
}

/** What no JSON of the database holds is replaced: NUL, and half of a pair. */
function storable(text: string): string {
  return text.replaceAll(/\0|\p{Surrogate}/gu, '\uFFFD');
}
