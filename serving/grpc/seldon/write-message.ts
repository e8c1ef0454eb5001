import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { TensorValue } from '../../../inference/codec/tensors.js';
import { predictionTexts } from '../../http/predict/prediction-texts.js';
import { answerTable, requireNumbers, rowsOfColumns } from '../../seldon/answer-columns.js';
import type { SeldonPrediction } from '../../seldon/predict-message.js';
import type { SeldonMessage } from '../../seldon/seldon-message.js';
import { parseExactJson } from '../../tensors/exact-json.js';
import { withoutJson } from '../../tensors/refuse.js';
import { wireValueOf } from './json-value.js';
import type { SeldonWireMessage } from './seldon-messages.js';

/**
 * An answer in the form in which the request came; a text and bytes are answered as a table.
 * Error: `REQUEST_INVALID` where that form cannot say it, naming the output.
 */
export function writeMessage(
  { content, tags }: SeldonMessage,
  { answer: { model, version, outputs }, rows, puid }: SeldonPrediction,
): SeldonWireMessage {
  const told = Object.entries(tags).map(([name, tag]) => [name, wireValueOf(tag)] as const);
  const meta = { puid, tags: Object.fromEntries(told), requestPath: { [model]: version } };
  if (content.kind === 'json') {
    for (const output of outputs) requireExact(output);
    const predictions = predictionTexts(outputs, rows).map(parseExactJson);
    return { meta, jsonData: wireValueOf({ predictions }) };
  }
  const table = answerTable(outputs, rows);
  const { names } = table;
  if (content.kind === 'tensor') {
    requireNumbers(table);
    const values = rowsOfColumns(table, numbersOf).flat();
    return { meta, data: { names, tensor: { shape: [rows, names.length], values } } };
  }
  const values = rowsOfColumns(table, valuesOf).map(wireValueOf);
  return { meta, data: { names, ndarray: { values } } };
}

function numbersOf(output: TensorValue): readonly number[] {
  requireExact(output);
  return Array.from(output.data as ArrayLike<number | bigint>, Number);
}

function valuesOf(output: TensorValue): readonly unknown[] {
  requireExact(output);
  const { name, type, data } = output;
  if (Array.isArray(data)) return data;
  if (type === 'bool') return Array.from(data as Uint8Array, Boolean);
  return Array.from(data as ArrayLike<number | bigint>, (element) => {
    const value = Number(element);
    if (Number.isFinite(value)) return value;
    if (Number.isNaN(value)) return null;
    throw refuse(name, 'is infinite for these rows, which ndarray cannot say: send a tensor');
  });
}

/** Numbers of Seldon are doubles. */
function requireExact({ name, type, data }: TensorValue): void {
  if (type === 'float16') throw refuse(name, `${withoutJson}: ask for it by the Open Inference Protocol`);
  if (!(data instanceof BigInt64Array || data instanceof BigUint64Array)) return;
  for (const value of data) {
    if (Number.isSafeInteger(Number(value))) continue;
    throw refuse(
      name,
      `has ${value}, which a double does not hold: ask for it by the Open Inference Protocol`,
    );
  }
}

const refuse = (name: string, is: string) =>
  new RatchetError('REQUEST_INVALID', `output "${name}" ${is}`, { output: name });
