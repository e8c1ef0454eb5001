import { RatchetError } from '../../domain/errors/ratchet-error.js';

/** The catalogue's code of what the work was refused with. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof RatchetError) return error.code;
    throw error;
  }
  return 'nothing was thrown';
}
