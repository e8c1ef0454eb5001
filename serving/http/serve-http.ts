import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { answerRequest, type RequestParts } from './answer-request.js';

/** A server that answers. */
export interface Listening {
  readonly host: string;
  readonly port: number;
  /** Answers on a connection that another process accepted. */
  take(connection: Socket): void;
  /** Takes no new request and resolves when those it has are answered, or cut off after `drainMs`. */
  close(drainMs?: number): Promise<void>;
}

const idleLookMs = 100;
const headersTimeoutMs = 30_000;
/** Longer than proxies keep theirs: a request that is on its way as this side ends an idle connection is lost. */
const keepAliveMs = 75_000;
/** The same of who is about to end. */
const lastKeepAliveMs = 5000;

export interface HttpAddress {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** How long `close` waits for requests that were begun, before it cuts them off. */
  readonly drainMs: number;
  /**
   * Whether `close` leaves idle connections to their clients, as it does those that it was given: for who answers at an
   * address that others take over. @default false
   */
  readonly isTakenOver?: boolean;
}

/** Serves HTTP at an address. Error: `PART_UNAVAILABLE` where it cannot listen there. */
export function serveHttp(parts: RequestParts, at: HttpAddress): Promise<Listening> {
  // A stream of rows may take as long as it likes; every other body has a time-out of its own.
  const server = createServer({
    requestTimeout: 0,
    headersTimeout: headersTimeoutMs,
    keepAliveTimeout: keepAliveMs,
    requireHostHeader: false,
  });
  server.on('request', (request, response) => void answerRequest(parts, request, response));
  server.on('clientError', refuseConnection);
  return listen(server, at);
}

async function listen(
  server: Server,
  { host, port, drainMs, isTakenOver = false }: HttpAddress,
): Promise<Listening> {
  await new Promise<void>((resolve, reject) => {
    server
      .once('error', (cause: Error & { code?: string }) => {
        const message = `HTTP cannot listen on ${host}:${port}: ${cause.code}`;
        reject(new RatchetError('PART_UNAVAILABLE', message, {}, { cause }));
      })
      .listen(port, host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const left = new Set<Socket>();
  const leave = (connection: Socket) => {
    left.add(connection);
    connection.once('close', () => left.delete(connection));
  };
  if (isTakenOver) server.on('connection', leave);
  return {
    host,
    port: address.port,
    take: (connection) => {
      leave(connection);
      server.emit('connection', connection);
    },
    close: (ownMs = drainMs) => close(server, left, ownMs),
  };
}

/** A connection that is kept for a next request would hold the process for as long as its client likes. */
async function close(server: Server, left: ReadonlySet<Socket>, drainMs: number): Promise<void> {
  const cut = setTimeout(() => server.closeAllConnections(), drainMs);
  await letGo(server, left);
  const idle = setInterval(() => server.closeIdleConnections(), idleLookMs);
  try {
    await new Promise<void>((resolve, reject) => {
      server.close((error) => (error ? reject(error) : resolve()));
    });
  } finally {
    clearInterval(idle);
    clearTimeout(cut);
  }
}

/**
 * Whoever takes over a connection's address has the next one, so this one is left to its client: a request that is on its
 * way when an idle connection ends is lost. Its next answer is its last; one without a next ends as idle ones always do.
 */
async function letGo(server: Server, left: ReadonlySet<Socket>): Promise<void> {
  server.prependListener('request', (_, response) => response.setHeader('connection', 'close'));
  server.keepAliveTimeout = lastKeepAliveMs;
  for (const connection of left)
    if ((connection.timeout ?? 0) >= keepAliveMs) connection.setTimeout(lastKeepAliveMs);
  // One may still come that was on its way.
  while (left.size > 0) await Promise.all([...left].map((connection) => once(connection, 'close')));
}

const refusals: Readonly<Record<string, readonly [status: string, message: string]>> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'the headers are too large'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'the request took too long'],
};

/** What cannot be parsed as HTTP never becomes a request, and is answered on its connection. */
function refuseConnection(error: Error & { code?: string }, connection: Duplex): void {
  if (!connection.writable || error.code === 'ECONNRESET') {
    connection.destroy();
    return;
  }
  const [status, message] = refusals[error.code ?? ''] ?? ['400 Bad Request', 'this is not HTTP'];
  const content = JSON.stringify({ error: message });
  connection.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(content)}\r\nConnection: close\r\n\r\n${content}`,
  );
}
