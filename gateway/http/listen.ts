import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';

const idleLookMs = 100;
/** Longer than proxies keep theirs: a request that is on its way as this side ends an idle connection is lost. */
const keepAliveTimeout = 75_000;

/** A server that answers. */
export interface Listening {
  readonly port: number;
  /** Takes no new request and resolves when those it has are answered. */
  close(): Promise<void>;
}

/** Serves an app at an address. Port 0 picks a free one. Error: that of Node, such as `EADDRINUSE`. */
export async function listen(
  app: { readonly fetch: (request: Request) => Response | Promise<Response> },
  at: { readonly host: string; readonly port: number },
): Promise<Listening> {
  const server = createAdaptorServer({ fetch: app.fetch, serverOptions: { keepAliveTimeout } }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(at.port, at.host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return { port: address.port, close: () => close(server) };
}

/** A connection that is kept for a next request would hold the process for as long as its client likes. */
function close(server: Server): Promise<void> {
  const idle = setInterval(() => server.closeIdleConnections(), idleLookMs);
  return new Promise((resolve, reject) => {
    server.close((error) => {
      clearInterval(idle);
      if (error) reject(error);
      else resolve();
    });
  });
}
