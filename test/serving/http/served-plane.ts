import { pino } from 'pino';
import type { RequestObserver } from '../../../serving/http/answer-request.js';
import { compileRoutes } from '../../../serving/http/route-table.js';
import { routes } from '../../../serving/http/routes.js';
import { type Listening, serveHttp } from '../../../serving/http/serve-http.js';
import { MemoryPlane } from '../memory-plane.js';

export interface ServedPlane {
  readonly plane: MemoryPlane;
  readonly listening: Listening;
  readonly base: string;
  /** Lines of the server's log. */
  readonly log: string[];
  /** Sends JSON and reads JSON. */
  ask(path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Told>;
}

export interface Told {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers;
}

const nobody: RequestObserver = { began: () => undefined, ended: () => undefined };

/** The HTTP edge over a data plane in memory, on a port of its own. */
export async function servePlane(
  options: { mostBodyBytes?: number; observer?: RequestObserver; isTakenOver?: boolean } = {},
): Promise<ServedPlane> {
  const plane = new MemoryPlane();
  const log: string[] = [];
  const parts = {
    plane,
    find: compileRoutes(routes),
    mostBodyBytes: options.mostBodyBytes ?? 1024 * 1024,
    observer: options.observer ?? nobody,
    log: pino({ level: 'info' }, { write: (line: string) => void log.push(line) }),
  };
  const { isTakenOver = false } = options;
  const listening = await serveHttp(parts, { host: '127.0.0.1', port: 0, drainMs: 60_000, isTakenOver });
  const base = `http://127.0.0.1:${listening.port}`;
  return { plane, listening, base, log, ask: (path, body, headers) => ask(`${base}${path}`, body, headers) };
}

async function ask(
  url: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Told> {
  const sent = body === undefined ? {} : { method: 'POST', body: bytesOf(body) };
  const response = await fetch(url, { ...sent, headers: { 'content-type': 'application/json', ...headers } });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text), headers: response.headers };
}

function bytesOf(body: unknown): string | Uint8Array<ArrayBuffer> {
  if (typeof body === 'string') return body;
  return body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body);
}
