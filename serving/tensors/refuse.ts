import { RatchetError } from '../../domain/errors/ratchet-error.js';

/** The error of a request that says something wrong about a tensor. */
export function refuseTensor(name: string, message: string): RatchetError {
  return new RatchetError('REQUEST_INVALID', `tensor "${shown(name)}" ${message}`, { tensor: shown(name) });
}

/** The protocol gives it none; what a double would say of it is not what the model reads. */
export const withoutJson = 'is FP16, which has no JSON form';

/** A text from outside, short enough for a message. */
export function shown(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 80)}...`;
}
