import { status } from '@grpc/grpc-js';
import type { ErrorCode } from '../../domain/errors/catalogue.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { Gone } from '../departure.js';

/** How a call ended that has no answer. */
export interface CallStatus {
  readonly code: status;
  readonly details: string;
}

/** Errors that are told with their message. Any other is a defect, and its message is for the log alone. */
const statusOfCode: Partial<Record<ErrorCode, status>> = {
  REQUEST_INVALID: status.INVALID_ARGUMENT,
  UNAUTHENTICATED: status.UNAUTHENTICATED,
  MODEL_NOT_FOUND: status.NOT_FOUND,
  MODEL_NOT_READY: status.UNAVAILABLE,
  OVERLOADED: status.RESOURCE_EXHAUSTED,
  DEADLINE_EXCEEDED: status.DEADLINE_EXCEEDED,
  MODEL_RUN: status.INTERNAL,
  MODEL_FORMAT: status.FAILED_PRECONDITION,
  MODEL_HOSTILE: status.FAILED_PRECONDITION,
  MODEL_LOAD: status.FAILED_PRECONDITION,
  MODEL_INTERFACE: status.FAILED_PRECONDITION,
  MODEL_TIMEOUT: status.FAILED_PRECONDITION,
  MODEL_KILLED: status.UNAVAILABLE,
};

/** A status travels in a header, and names in it come from the request. */
const longestDetails = 1000;

/**
 * The one mapping from errors to what a caller sees.
 * @param signal that of the call; where it fired nobody waits for the answer
 * @param onDefect hears of what the caller is not told
 */
export function callStatus(error: unknown, signal: Gone, onDefect: (error: unknown) => void): CallStatus {
  if (signal.aborted) return { code: status.CANCELLED, details: 'the call was cancelled' };
  const code = error instanceof RatchetError ? statusOfCode[error.code] : undefined;
  if (code === undefined || !(error instanceof RatchetError)) {
    onDefect(error);
    return { code: status.INTERNAL, details: 'the server failed at this request' };
  }
  const { message } = error;
  return {
    code,
    details: message.length > longestDetails ? `${message.slice(0, longestDetails)}...` : message,
  };
}
