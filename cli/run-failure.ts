import { catalogue, type ErrorCode } from '../domain/errors/catalogue.js';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import type { components } from './generated/api.js';

type Run = Pick<components['schemas']['Run'], 'id' | 'status' | 'reason'>;

/**
 * The end of a run, or of a release, as an error, so that a shell sees who has to act: by the code that its reason begins with. Undefined
 * for a success.
 */
export function runFailure(
  { id, status, reason }: Run,
  what: 'run' | 'release' = 'run',
): RatchetError | undefined {
  if (status === 'succeeded') return undefined;
  if (status === 'cancelled') return new RatchetError('CONFLICT', `${what} ${id} was cancelled`);
  const [, code, words] = /^([A-Z_]+): ([\s\S]*)$/.exec(reason ?? '') ?? [];
  if (isCode(code)) return new RatchetError(code, `${what} ${id} ${status}: ${words}`);
  return new RatchetError('INTERNAL', `${what} ${id} ${status}: ${reason ?? 'without a reason'}`);
}

function isCode(code: string | undefined): code is ErrorCode {
  return code !== undefined && Object.hasOwn(catalogue, code);
}
