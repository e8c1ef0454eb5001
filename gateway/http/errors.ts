import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Logger } from 'pino';
import type { ErrorCode, ErrorKind } from '../../domain/errors/catalogue.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { GatewayEnv } from './env.js';
import { RequestRefusal } from './request-refusal.js';

const statusOfKind: Readonly<Record<ErrorKind, ContentfulStatusCode>> = {
  user: 400,
  refused: 409,
  notFound: 404,
  unavailable: 503,
  internal: 500,
};

const statusOfCode: Partial<Record<ErrorCode, ContentfulStatusCode>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  TOO_MANY_REQUESTS: 429,
};

/** What the HTTP library refuses by itself, in our words. */
const refusals: Readonly<Record<number, string>> = {
  400: 'the body is not JSON',
  415: 'the body is not announced as JSON: send the header "content-type: application/json"',
};

/** The one mapping from errors to answers. What is not of the catalogue is a defect: logged whole, told as `INTERNAL`. */
export function errorHandler(log: Logger) {
  return (error: Error, context: Context<GatewayEnv>): Response => {
    const answer = (status: ContentfulStatusCode, code: ErrorCode, message: string, details: object = {}) =>
      context.json({ error: { code, message, details } }, status);
    if (error instanceof RatchetError) {
      const { code, entry, message, details } = error;
      const { retryAfterSeconds } = details;
      if (typeof retryAfterSeconds === 'number') context.header('retry-after', String(retryAfterSeconds));
      if (entry.kind === 'internal') log.error({ err: error, path: context.req.path }, 'a request failed');
      return answer(statusOfCode[code] ?? statusOfKind[entry.kind], code, message, details);
    }
    if (error instanceof HTTPException && error.status < 500) {
      const status = error.status as ContentfulStatusCode;
      const words = error instanceof RequestRefusal ? error.message : (refusals[status] ?? error.message);
      return answer(status, 'REQUEST_INVALID', words);
    }
    log.error({ err: error, path: context.req.path }, 'a request failed');
    return answer(500, 'INTERNAL', 'a defect of Ratchet; the log of the gateway has it');
  };
}
