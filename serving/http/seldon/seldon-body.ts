import { z } from 'zod';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { SeldonContent, SeldonMessage } from '../../seldon/seldon-message.js';
import { requireShape } from '../read-json.js';

const list = z.custom<readonly unknown[]>(Array.isArray, { error: 'a list with a value for each row' });
const text = z.string({ error: 'a text' });
const tensorShape = z.object(
  {
    shape: z.array(z.number({ error: 'a whole number' }), { error: 'a list of whole numbers' }),
    values: z.custom<readonly unknown[]>(Array.isArray, { error: 'a list of numbers' }),
  },
  { error: 'an object with shape and values' },
);

/** A message of Seldon as JSON has it; keys that are not known are passed over. */
export const messageShape = z.object(
  {
    meta: z
      .object(
        { puid: text.optional(), tags: z.record(text, z.unknown(), { error: 'an object' }).optional() },
        { error: 'an object' },
      )
      .optional(),
    data: z
      .object(
        {
          names: z.array(text, { error: 'a list of texts' }).optional(),
          ndarray: list.optional(),
          tensor: tensorShape.optional(),
        },
        { error: 'an object with ndarray or tensor' },
      )
      .optional(),
    jsonData: z.unknown().optional(),
    strData: text.optional(),
    binData: text.optional(),
  },
  { error: 'an object with data, jsonData, strData or binData' },
);
type SeldonBody = z.infer<typeof messageShape>;

/** Error: `REQUEST_INVALID`, naming the place, also where a message carries nothing. */
export function readSeldonMessage(body: unknown): SeldonMessage {
  const sent = requireShape(messageShape, body);
  const content = contentOf(sent);
  if (content === null) throw refuseContents(0);
  return { puid: sent.meta?.puid, tags: sent.meta?.tags ?? {}, content };
}

/** Null where a message carries nothing. Error: `REQUEST_INVALID` where it carries more than one thing. */
export function contentOf(body: SeldonBody): SeldonContent | null {
  const contents = contentsOf(body);
  if (contents.length > 1) throw refuseContents(contents.length);
  return contents[0] ?? null;
}

const refuseContents = (count: number) =>
  new RatchetError(
    'REQUEST_INVALID',
    `the message has ${count} of data.ndarray, data.tensor, jsonData, strData and binData, asked for is one`,
  );

function contentsOf({ data, jsonData, strData, binData }: SeldonBody): readonly SeldonContent[] {
  const { names = [], ndarray, tensor } = data ?? {};
  return [
    ...(ndarray === undefined ? [] : [{ kind: 'ndarray', names, rows: ndarray } as const]),
    ...(tensor === undefined ? [] : [{ kind: 'tensor', names, ...tensor } as const]),
    ...(jsonData === undefined ? [] : [{ kind: 'json', value: jsonData } as const]),
    ...(strData === undefined ? [] : [{ kind: 'text', text: strData } as const]),
    ...(binData === undefined ? [] : [{ kind: 'bytes', bytes: bytesOf(binData) } as const]),
  ];
}

function bytesOf(base64: string): Buffer {
  if (/^[A-Za-z0-9+/]*={0,2}$/.test(base64) && base64.length % 4 === 0) return Buffer.from(base64, 'base64');
  throw new RatchetError('REQUEST_INVALID', 'binData is not what is asked for, allowed is base64');
}
