import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { SeldonContent, SeldonMessage } from '../../seldon/seldon-message.js';
import { plainOf } from './json-value.js';
import type { SeldonWireMessage } from './seldon-messages.js';

/** Error: `REQUEST_INVALID` where a message carries nothing that is read here. */
export function readMessage(message: SeldonWireMessage): SeldonMessage {
  const content = contentOf(message);
  if (content === null) {
    throw new RatchetError(
      'REQUEST_INVALID',
      'the message has none of data.ndarray, data.tensor, jsonData, strData and binData, asked for is one',
    );
  }
  const tags = Object.entries(message.meta?.tags ?? {}).map(([name, tag]) => [name, plainOf(tag)] as const);
  return { puid: puidOf(message), tags: Object.fromEntries(tags), content };
}

export function puidOf(message: SeldonWireMessage | null): string | undefined {
  const puid = message?.meta?.puid ?? '';
  return puid === '' ? undefined : puid;
}

/** Null where a message carries nothing. */
export function contentOf({ data, binData, strData, jsonData }: SeldonWireMessage): SeldonContent | null {
  if (jsonData !== undefined) return { kind: 'json', value: plainOf(jsonData) };
  if (strData !== undefined) return { kind: 'text', text: strData };
  if (binData !== undefined) return { kind: 'bytes', bytes: binData };
  const { names = [], ndarray, tensor } = data ?? {};
  if (ndarray !== undefined) return { kind: 'ndarray', names, rows: (ndarray.values ?? []).map(plainOf) };
  if (tensor === undefined) return null;
  return { kind: 'tensor', names, shape: tensor.shape ?? [], values: (tensor.values ?? []).map(orNull) };
}

/** As everywhere in rows, null is NaN. */
const orNull = (value: number) => (Number.isNaN(value) ? null : value);
