import { once } from 'node:events';
import { chmod, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Logger } from 'pino';
import { z } from 'zod';
import { messageOf, RatchetError } from '../../domain/errors/ratchet-error.js';
import { unixAddress } from '../../machine/unix-address.js';
import type { Endpoints } from './endpoints.js';
import { nameShape, wantedShape } from './shapes.js';

const mostLines = 10_000;
const linesShape = z.coerce.number().int().min(1).max(mostLines);

/**
 * Answers on a unix socket, to the user of this process alone:
 * `GET /endpoints`, and for one of them at `/endpoints/<project>/<endpoint>`: `GET`, `PUT` with what is wanted, `DELETE`,
 * and `GET .../logs?lines=<number>`. All in JSON; an error is `{ code, message }`.
 */
export async function serveAgent(
  endpoints: Endpoints,
  socket: string,
  log: Logger,
): Promise<{ close(): Promise<void> }> {
  const server = createServer({ requestTimeout: 0 }, (request, response) => {
    answer(endpoints, request, response).then(
      (told) => send(response, 200, told),
      (error: unknown) => sendError(response, error, log),
    );
  });
  await rm(socket, { force: true });
  const address = unixAddress(socket);
  // Between its making and its mode nobody else may reach it.
  const before = process.umask(0o177);
  try {
    server.listen(address.path);
    await once(server, 'listening');
  } finally {
    process.umask(before);
  }
  await chmod(socket, 0o600);
  return {
    close: async () => {
      server.close();
      server.closeAllConnections();
      await rm(socket, { force: true });
      address.release();
    },
  };
}

async function answer(
  endpoints: Endpoints,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<unknown> {
  const url = new URL(request.url ?? '/', 'http://agent');
  const [, room, project, endpoint, what, ...more] = url.pathname.split('/');
  const asked = `${request.method} ${what === undefined ? '' : what}`.trim();
  if (room === 'endpoints' && project === undefined && asked === 'GET') return await endpoints.list();
  if (room !== 'endpoints' || more.length > 0) throw noSuch(request);
  const name = parse(nameShape, { project, endpoint });
  if (asked === 'GET logs') {
    return await endpoints.logs(name, parse(linesShape, url.searchParams.get('lines')));
  }
  if (asked === 'GET') return await endpoints.observe(name);
  if (asked === 'DELETE') {
    await endpoints.remove(name, gone(response));
    return { removed: true };
  }
  if (asked !== 'PUT') throw noSuch(request);
  const wanted = parse(wantedShape, readJson(await text(request)));
  if (wanted.project === name.project && wanted.endpoint === name.endpoint) {
    return await endpoints.deploy(wanted, gone(response));
  }
  const message = `a revision of ${wanted.project}/${wanted.endpoint} was sent to ${name.project}/${name.endpoint}`;
  throw new RatchetError('REQUEST_INVALID', message);
}

function readJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new RatchetError('REQUEST_INVALID', `the body is not JSON: ${messageOf(cause)}`, {}, { cause });
  }
}

/** Whoever does not wait for an answer does not want it any more. */
function gone(response: ServerResponse): AbortSignal {
  const over = new AbortController();
  response.once('close', () => over.abort());
  return over.signal;
}

function parse<T>(shape: z.ZodType<T>, value: unknown): T {
  const { success, data, error } = shape.safeParse(value);
  if (success) return data;
  throw new RatchetError('REQUEST_INVALID', z.prettifyError(error).replaceAll(/\s+/g, ' '));
}

const noSuch = ({ method, url }: IncomingMessage) =>
  new RatchetError('REQUEST_INVALID', `${method} ${url} is nothing that can be asked here`);

function send(response: ServerResponse, status: number, told: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(told));
}

function sendError(response: ServerResponse, error: unknown, log: Logger): void {
  if (error instanceof RatchetError) {
    send(response, 400, { code: error.code, message: error.message });
    return;
  }
  log.error({ err: error }, 'the agent failed');
  send(response, 500, { code: 'INTERNAL', message: messageOf(error) });
}
