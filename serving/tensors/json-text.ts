import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { TensorValue } from '../../inference/codec/tensors.js';
import { withoutJson } from './refuse.js';

/**
 * Every element as JSON text, row by row. NaN is null, and an integer has all its digits.
 * Error: `REQUEST_INVALID` where one is infinite, or the tensor is FP16, which JSON cannot say.
 */
export function elementTexts({ name, type, data }: TensorValue): readonly string[] {
  if (type === 'float16') {
    throw new RatchetError('REQUEST_INVALID', `output "${name}" ${withoutJson}: ask for it as binary data`, {
      output: name,
    });
  }
  const texts = new Array<string>(data.length);
  if (type === 'float32' || type === 'float64') {
    for (let i = 0; i < data.length; i += 1) texts[i] = floatText(name, data[i] as number);
  } else if (type === 'bool') {
    for (let i = 0; i < data.length; i += 1) texts[i] = data[i] === 0 ? 'false' : 'true';
  } else if (type === 'string') {
    for (let i = 0; i < data.length; i += 1) texts[i] = JSON.stringify(data[i]);
  } else {
    for (let i = 0; i < data.length; i += 1) texts[i] = String(data[i]);
  }
  return texts;
}

/** The same, one after the other: what stands in the brackets of a flat array. */
export function elementsText(tensor: TensorValue): string {
  const { name, type, data } = tensor;
  if (type !== 'float32' && type !== 'float64') return elementTexts(tensor).join(',');
  // Nearly every answer has some of these, and for a few of them an array in between costs as much as they do.
  let text = '';
  for (let i = 0; i < data.length; i += 1)
    text += i === 0 ? floatText(name, data[i] as number) : `,${floatText(name, data[i] as number)}`;
  return text;
}

function floatText(name: string, value: number): string {
  // Many a parser reads -0 as the whole number 0.
  if (Number.isFinite(value)) return Object.is(value, -0) ? '-0.0' : String(value);
  if (Number.isNaN(value)) return 'null';
  throw new RatchetError(
    'REQUEST_INVALID',
    `output "${name}" is infinite for these rows, which JSON cannot say: ask for it as binary data`,
    { output: name },
  );
}
