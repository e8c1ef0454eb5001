import type { HookRequest } from '../../../gateway/hooks/hook-request.js';

export type Headers = Readonly<Record<string, string>>;

/** A webhook without a server; names of headers in any case. */
export function requestOf(
  body: string | Buffer,
  headers: Headers = {},
  receivedAtMs = Date.parse('2026-03-01T06:00:00.000Z'),
): HookRequest {
  const known = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return { body: Buffer.from(body), header: (name) => known.get(name), receivedAtMs };
}
