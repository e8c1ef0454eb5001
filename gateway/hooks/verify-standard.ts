import { createHmac } from 'node:crypto';
import type { HookRequest } from './hook-request.js';
import type { HookSecret } from './hook-secret.js';
import { sameText } from './same-text.js';

const mostAgeMs = 5 * 60_000;

/**
 * Standard Webhooks 1.0: `webhook-signature` has one or more `v1,<base64>`, with blanks between, over id, timestamp and
 * body. A timestamp that is more than five minutes off is refused, so that what was caught is worth nothing later.
 */
export function verifyStandard({ header, body, receivedAtMs }: HookRequest, secret: HookSecret): boolean {
  const id = header('webhook-id');
  const timestamp = header('webhook-timestamp');
  if (id === undefined || timestamp === undefined || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(receivedAtMs - Number(timestamp) * 1000) > mostAgeMs) return false;
  const signed = createHmac('sha256', secret.bytes).update(`${id}.${timestamp}.`).update(body);
  const expected = `v1,${signed.digest('base64')}`;
  return (header('webhook-signature') ?? '').split(' ').some((given) => sameText(given, expected));
}
