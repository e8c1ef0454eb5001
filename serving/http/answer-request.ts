import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { DataPlane } from '../data-plane-port.js';
import { Departure, type Gone } from '../departure.js';
import type { Answer, Call, ContentAnswer } from './call.js';
import { countRefusal, defectAnswer, errorAnswer } from './error-answer.js';
import { HttpRefusal } from './http-refusal.js';
import { readBody } from './read-body.js';
import type { compileRoutes, FoundRoute } from './route-table.js';

/** Told of every request when it is over. The route is null where none was found. */
export interface RequestObserver {
  began(): void;
  ended(
    route: { readonly method: string; readonly path: string } | null,
    status: number,
    seconds: number,
  ): void;
}

export interface RequestParts {
  readonly plane: DataPlane;
  readonly find: ReturnType<typeof compileRoutes>;
  /** Longest body, and longest line of a stream. */
  readonly mostBodyBytes: number;
  readonly observer: RequestObserver;
  readonly log: Logger;
}

/** Answers one request; every error becomes an answer. */
export async function answerRequest(
  parts: RequestParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const since = performance.now();
  const { observer } = parts;
  const caller = new Departure();
  let found: FoundRoute | null = null;
  observer.began();
  response.on('close', () => {
    if (!response.writableFinished) caller.leave();
    observer.ended(found?.route ?? null, response.statusCode, (performance.now() - since) / 1000);
  });
  try {
    found = parts.find(request.method ?? '', pathOf(request));
    send(response, await found.route.handle(callOf(parts, found, caller, request, response)));
  } catch (error) {
    if (caller.aborted && error === caller.reason) return;
    if (found?.route.isAsked === true && !caller.aborted) countRefusal(parts.plane, found.names, error);
    sendError(parts.log, error, request, response);
  }
}

function pathOf(request: IncomingMessage): string {
  if (request.httpVersion === '1.1' && request.headers.host === undefined) {
    throw new HttpRefusal(400, 'the request has no Host header');
  }
  const url = request.url ?? '/';
  const query = url.indexOf('?');
  return query === -1 ? url : url.slice(0, query);
}

function callOf(
  { plane, mostBodyBytes }: RequestParts,
  { names }: FoundRoute,
  signal: Gone,
  request: IncomingMessage,
  response: ServerResponse,
): Call {
  const body = () => readBody(request, mostBodyBytes);
  return { plane, mostBodyBytes, request, response, names, signal, body };
}

function send(response: ServerResponse, answer: Answer): void {
  if (answer === 'streamed') return;
  const { status = 200, content } = answer;
  response.writeHead(status, headersOf(answer)).end(content);
}

/**
 * Names and values in turn. Objects that are spread into others cost more than all else of a small answer: V8 makes some of
 * what it needs for it where only a full collection finds it again.
 */
function headersOf({ headers, content, predictionId }: ContentAnswer): string[] {
  const pairs: string[] = [];
  for (const name in headers) pairs.push(name, headers[name] ?? '');
  if (predictionId !== undefined) pairs.push('x-ratchet-prediction-id', predictionId);
  const length = typeof content === 'string' ? Buffer.byteLength(content) : content.length;
  pairs.push('content-length', String(length));
  return pairs;
}

function sendError(log: Logger, error: unknown, request: IncomingMessage, response: ServerResponse): void {
  const told = errorAnswer(error);
  if (told === null) log.error({ err: error, method: request.method }, 'a request failed');
  if (response.destroyed) return;
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { status, headers, message } = told ?? defectAnswer;
  send(response, {
    status,
    headers: { ...headers, 'content-type': 'application/json' },
    content: JSON.stringify({ error: message }),
  });
  letGo(request);
}

/** How long a sender may go on with a body that nobody reads; cut off at once, it would not see the answer. */
const lingerMs = 5000;

function letGo(request: IncomingMessage): void {
  if (request.complete) return;
  request.resume();
  const timer = setTimeout(() => request.destroy(), lingerMs).unref();
  request.once('close', () => clearTimeout(timer));
}
