import type { IncomingMessage } from 'node:http';
import type { Context } from 'hono';

/**
 * Where a request comes from: the other end of the connection, or, behind a proxy that is trusted, what the proxy says
 * last. A name that somebody wrote before it counts for nothing.
 */
export function addressOf(context: Context, trustsForwarded: boolean): string {
  const forwarded = trustsForwarded
    ? context.req.header('x-forwarded-for')?.split(',').at(-1)?.trim()
    : undefined;
  return (forwarded || remoteAddress(context.env)) ?? 'unknown';
}

/** The server hands its request over as `incoming`; a call without a server has none. */
function remoteAddress(bindings: unknown): string | undefined {
  const incoming = (bindings as { readonly incoming?: IncomingMessage } | undefined)?.incoming;
  return incoming?.socket.remoteAddress;
}
