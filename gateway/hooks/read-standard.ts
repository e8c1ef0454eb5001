import { z } from 'zod';
import { eventContent, eventFields } from './event-content.js';
import type { HookRequest, ReadHook } from './hook-request.js';
import { fitted, headerWord, jsonOf } from './read-fields.js';

/** The payload that the specification recommends; data may also lie beside type and timestamp. */
const bodySchema = z.looseObject({ type: eventFields.name, timestamp: eventFields.at.optional() });

/** A message of Standard Webhooks 1.0, as an event of its type. Error: `REQUEST_INVALID`. */
export function readStandard(request: HookRequest): ReadHook {
  const id = headerWord(request, 'webhook-id');
  const body = fitted(bodySchema, jsonOf(request.body));
  const sentAt = new Date(Number(headerWord(request, 'webhook-timestamp')) * 1000).toISOString();
  const payload = 'data' in body ? body['data'] : body;
  const event = { name: body.type, source: 'standard-webhooks', id, at: body.timestamp ?? sentAt, payload };
  return { id, contents: [eventContent(event)], repository: null };
}
