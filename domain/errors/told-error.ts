import { catalogue, type ErrorCode } from './catalogue.js';
import { RatchetError } from './ratchet-error.js';

/** How an error of the catalogue comes back from a workflow. */
export interface ToldFailure {
  readonly type?: string | null | undefined;
  readonly message: string;
  readonly details?: readonly unknown[] | null | undefined;
}

/** The error of the catalogue that a failure tells of, with its words and facts; undefined where it tells of none. */
export function toldError(
  { type, message, details }: ToldFailure,
  cause?: unknown,
): RatchetError | undefined {
  if (!isCode(type)) return undefined;
  const [first] = details ?? [];
  const facts = typeof first === 'object' && first !== null ? { ...first } : {};
  return new RatchetError(type, message, facts, cause === undefined ? undefined : { cause });
}

function isCode(type: string | undefined | null): type is ErrorCode {
  return typeof type === 'string' && Object.hasOwn(catalogue, type);
}
