import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { Protocol } from './host-process.js';

/** Holds an address of an endpoint over all its revisions. */
export interface Front {
  /** Hands out what has waited, where somebody takes it. */
  flush(): void;
  close(): void;
}

export interface FrontOptions {
  readonly protocol: Protocol;
  readonly host: string;
  readonly port: number;
  /** False where nobody can take it now. */
  readonly take: (protocol: Protocol, connection: Socket) => boolean;
}

/** A connection that nobody takes for so long is cut. */
const longestWaitMs = 30_000;
const mostWaiting = 1024;

/**
 * Accepts connections and hands each to a host, unread; one that comes while no host is ready waits for the next.
 * Error: `PART_UNAVAILABLE` where the port is taken.
 */
export async function openFront({ protocol, host, port, take }: FrontOptions): Promise<Front> {
  const waiting = new Map<Socket, NodeJS.Timeout>();
  const letGo = (connection: Socket) => {
    clearTimeout(waiting.get(connection));
    waiting.delete(connection);
  };
  const keep = (connection: Socket) => {
    if (waiting.size >= mostWaiting) {
      connection.destroy();
      return;
    }
    const late = setTimeout(() => connection.destroy(), longestWaitMs).unref();
    waiting.set(connection, late);
    connection.once('close', () => letGo(connection));
  };
  const server = createServer({ pauseOnConnect: true, noDelay: true }, (connection) => {
    // Its client may be gone at any moment.
    connection.on('error', () => undefined);
    if (!take(protocol, connection)) keep(connection);
  });
  await listen(server, host, port);
  return {
    flush: () => {
      for (const connection of waiting.keys()) {
        if (!take(protocol, connection)) return;
        letGo(connection);
      }
    },
    close: () => {
      server.close();
      for (const connection of waiting.keys()) connection.destroy();
    },
  };
}

/** Error: `PART_UNAVAILABLE` where the port is taken. */
export async function listen(server: Server, host: string, port: number): Promise<void> {
  try {
    server.listen({ port, host, exclusive: true, backlog: 1024 });
    await once(server, 'listening');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new RatchetError(
      'PART_UNAVAILABLE',
      `nothing can listen on ${host}:${port}: ${code}`,
      {},
      { cause },
    );
  }
}
