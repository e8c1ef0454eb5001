import { z } from 'zod';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { eventContent, eventFields } from './event-content.js';
import type { HookRequest, ReadHook } from './hook-request.js';
import { fitted, jsonOf } from './read-fields.js';

/** How CloudEvents are sent with their attributes in the body. */
export const structuredType = 'application/cloudevents+json';

const attributes = {
  specversion: z.literal('1.0'),
  id: eventFields.id,
  source: eventFields.source,
  type: eventFields.name,
  time: eventFields.at.optional(),
};
const structuredSchema = z
  .object({ ...attributes, data: z.unknown().optional(), data_base64: z.unknown().optional() })
  .refine((event) => event.data_base64 === undefined, {
    path: ['data_base64'],
    error: 'nothing: data as JSON stands under "data"',
  });
const headerSchema = z.object({
  'ce-specversion': attributes.specversion,
  'ce-id': attributes.id,
  'ce-source': attributes.source,
  'ce-type': attributes.type,
  'ce-time': attributes.time,
});

/** Whether the attributes of a CloudEvent stand in its headers. */
export const isBinaryMode = ({ header }: Pick<HookRequest, 'header'>) =>
  header('ce-specversion') !== undefined;

/** A CloudEvent 1.0 in structured mode. Error: `REQUEST_INVALID`. */
export function readStructuredEvent(request: HookRequest): ReadHook {
  const { data, ...event } = fitted(structuredSchema, jsonOf(request.body));
  return readOf(event, data, request);
}

/** A CloudEvent 1.0 in binary mode; a body of nothing is an event without data. Error: `REQUEST_INVALID`. */
export function readBinaryEvent(request: HookRequest): ReadHook {
  const given = Object.keys(headerSchema.shape).map((name) => [name, decoded(request, name)]);
  const event = fitted(headerSchema, Object.fromEntries(given), 'header');
  return readOf(
    { id: event['ce-id'], source: event['ce-source'], type: event['ce-type'], time: event['ce-time'] },
    request.body.length === 0 ? null : jsonOf(request.body),
    request,
  );
}

/** What is read of the attributes. */
interface Attributes {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly time?: string | undefined;
}

function readOf(
  { id, source, type, time }: Attributes,
  payload: unknown,
  { receivedAtMs }: HookRequest,
): ReadHook {
  const at = time ?? new Date(receivedAtMs).toISOString();
  const content = eventContent({ name: type, source, id, at, payload });
  // A source has no blank in it, so that two of them never read alike.
  return { id: `${source} ${id}`, contents: [content], repository: null };
}

/** What is not of ASCII is written with percent signs there. */
function decoded({ header }: HookRequest, name: string): string | undefined {
  const value = header(name);
  if (value === undefined) return undefined;
  try {
    return decodeURIComponent(value);
  } catch (cause) {
    throw new RatchetError(
      'REQUEST_INVALID',
      `the header ${name} is not percent-encoded text`,
      {},
      { cause },
    );
  }
}
