import { catalogue, type ErrorCode, type ErrorEntry } from './catalogue.js';

/** Facts that help a reader mend the cause. JSON only, never a secret. */
export type ErrorDetails = Readonly<Record<string, unknown>>;

/**
 * The one error class for everything Ratchet refuses or fails at. `code` is an entry of the catalogue, `message`
 * says what was wrong, what came and what is allowed, in lower case without a full stop.
 */
export class RatchetError extends Error {
  override readonly name = 'RatchetError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
    this.details = details;
  }

  get entry(): ErrorEntry {
    return catalogue[this.code];
  }
}

/** The message of anything thrown, for logs and reasons. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
