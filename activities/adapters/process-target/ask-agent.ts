import { once } from 'node:events';
import { type IncomingMessage, request as openRequest } from 'node:http';
import { json } from 'node:stream/consumers';
import { z } from 'zod';
import { catalogue, type ErrorCode } from '../../../domain/errors/catalogue.js';
import { messageOf, RatchetError } from '../../../domain/errors/ratchet-error.js';
import { unixAddress } from '../../../machine/unix-address.js';

const isCode = (code: string): code is ErrorCode => Object.hasOwn(catalogue, code);
const errorShape = z.object({ code: z.string().refine(isCode), message: z.string() });
/** Of what is answered at once. */
const answerMs = 30_000;

interface Asked {
  readonly body?: unknown;
  /** Ends the question; without one, it ends after a while. */
  readonly signal?: AbortSignal;
}

/**
 * Asks the process that keeps endpoints. Errors: those that it tells, with their codes; `PART_UNAVAILABLE` where it does
 * not answer; the reason of the signal.
 */
export async function askAgent<T>(
  socket: string,
  method: string,
  path: string,
  shape: z.ZodType<T>,
  { body, signal = AbortSignal.timeout(answerMs) }: Asked = {},
): Promise<T> {
  const { status, told } = await send(socket, method, path, body, signal).catch((cause: unknown) => {
    if (signal.aborted && !isTimeout(signal.reason)) throw signal.reason;
    const message = `the process that keeps the endpoints of this machine does not answer at ${socket}: ${messageOf(cause)}`;
    throw new RatchetError('PART_UNAVAILABLE', message, { socket }, { cause });
  });
  if (status === 200) return shape.parse(told);
  const { code, message } = errorShape.parse(told);
  throw new RatchetError(code, message);
}

async function send(socket: string, method: string, path: string, body: unknown, signal: AbortSignal) {
  const address = unixAddress(socket);
  try {
    const request = openRequest({ socketPath: address.path, method, path, signal, agent: false });
    request.end(body === undefined ? undefined : JSON.stringify(body));
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    return { status: response.statusCode, told: await json(response) };
  } finally {
    address.release();
  }
}

const isTimeout = (reason: unknown) => reason instanceof DOMException && reason.name === 'TimeoutError';
