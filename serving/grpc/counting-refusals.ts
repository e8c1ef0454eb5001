import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { DataPlane } from '../data-plane-port.js';

/** What a handler throws, counted as refused where something is wrong with the request. */
export async function countingRefusals<Answer>(
  plane: DataPlane,
  of: Parameters<DataPlane['refused']>[0],
  answer: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await answer();
  } catch (error) {
    if (error instanceof RatchetError && error.code === 'REQUEST_INVALID') plane.refused(of, error);
    throw error;
  }
}
