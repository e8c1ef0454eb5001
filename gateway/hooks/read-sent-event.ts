import { randomUUID } from 'node:crypto';
import { sendEventSchema } from '../shapes/hooks.js';
import { eventContent } from './event-content.js';
import { mediaType } from './hook-forms.js';
import type { HookRequest, ReadHook } from './hook-request.js';
import { isBinaryMode, readBinaryEvent, readStructuredEvent, structuredType } from './read-cloudevent.js';
import { fitted, jsonOf } from './read-fields.js';

/**
 * An event that somebody sends with a token: a CloudEvent in either mode, or plain JSON, whose source is then the
 * account, so that nobody uses up the ids of another. Errors: `REQUEST_INVALID`, 413.
 */
export function readSentEvent(request: HookRequest, account: string): ReadHook {
  if (isBinaryMode(request)) return readBinaryEvent(request);
  if (mediaType(request) === structuredType) return readStructuredEvent(request);
  const { name, id = randomUUID(), at, payload } = fitted(sendEventSchema, jsonOf(request.body));
  const source = `account/${account}`;
  const sentAt = new Date(request.receivedAtMs).toISOString();
  const content = eventContent({ name, source, id, at: at ?? sentAt, payload });
  return { id: `${source} ${id}`, contents: [content], repository: null };
}
