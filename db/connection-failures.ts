import { RatchetError } from '../domain/errors/ratchet-error.js';

/** Codes of Node and of the driver for a server that cannot be reached or went away. */
const lostCodes = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
  'CONNECT_TIMEOUT',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);

/** What a server says as it closes a connection: ended by somebody, shutting down, crashed, idle for too long. */
const closingStates = new Set(['57P01', '57P02', '57P05', '25P03']);

/** A server that is there and does not take us: starting up, out of connections. */
const busyStates = new Set(['57P03', '53300']);

/** Whether the connection that the error came over is gone, or about to go. */
export function isLostConnection(error: unknown): boolean {
  const code = codeOf(unwrapped(error));
  return code !== undefined && (lostCodes.has(code) || closingStates.has(code));
}

/**
 * A failure of the database as the rest of Ratchet sees it. A server that does not answer becomes `PART_UNAVAILABLE`,
 * without its address; anything else stays the driver's own error, without the statement and the values that the
 * query builder puts into its text.
 */
export function databaseFailure(error: unknown): unknown {
  const cause = unwrapped(error);
  const code = codeOf(cause);
  if (cause instanceof RatchetError || code === undefined) return cause;
  if (!isLostConnection(cause) && !busyStates.has(code)) return cause;
  return new RatchetError('PART_UNAVAILABLE', `the database does not answer (${code})`, {
    part: 'postgres',
    state: code,
  });
}

/** The query builder wraps what the driver threw. */
function unwrapped(error: unknown): unknown {
  const wraps = error instanceof Error && 'query' in error && 'params' in error && error.cause !== undefined;
  return wraps ? error.cause : error;
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
