import type { ErrorCode } from '../../domain/errors/catalogue.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { DataPlane } from '../data-plane-port.js';
import { HttpRefusal } from './http-refusal.js';

/** An error as every route tells it. */
export interface ErrorAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** For the body, which is `{"error": message}`. */
  readonly message: string;
}

/** Codes that are told with their message. Any other is a defect, and its message is for the log alone. */
const statusOfCode: Partial<Record<ErrorCode, number>> = {
  REQUEST_INVALID: 400,
  UNAUTHENTICATED: 401,
  MODEL_NOT_FOUND: 404,
  MODEL_NOT_READY: 503,
  OVERLOADED: 503,
  DEADLINE_EXCEEDED: 503,
  MODEL_RUN: 500,
  APPLICATION_FAILED: 500,
  MODEL_FORMAT: 400,
  MODEL_HOSTILE: 400,
  MODEL_LOAD: 400,
  MODEL_INTERFACE: 400,
  MODEL_TIMEOUT: 400,
  MODEL_KILLED: 503,
};
const retryAfterSeconds = '1';

/** The one mapping from errors to answers; null for a defect. */
export function errorAnswer(error: unknown): ErrorAnswer | null {
  if (error instanceof HttpRefusal) return error;
  if (!(error instanceof RatchetError)) return null;
  const status = statusOfCode[error.code];
  if (status === undefined) return null;
  const headers: Record<string, string> = status === 503 ? { 'retry-after': retryAfterSeconds } : {};
  return { status, headers, message: error.message };
}

/** An edge's part in what a version counts as refused: what is wrong with a request, and not with who sends it or where. */
export function countRefusal(
  plane: DataPlane,
  of: Parameters<DataPlane['refused']>[0],
  error: unknown,
): void {
  const status = errorAnswer(error)?.status ?? defectAnswer.status;
  if (error instanceof Error && status < 500 && status !== 401 && status !== 404) plane.refused(of, error);
}

export const defectAnswer: ErrorAnswer = {
  status: 500,
  headers: {},
  message: 'a defect of the server; its log has it',
};
