import { messageOf } from '../../../domain/errors/ratchet-error.js';
import { type ProgramPlace, pythonPlace } from '../../examples/program-environment.js';

/** Where programs of stock clients run, or why they cannot be had on this machine. In CI that is a failure. */
export async function clientPlace(): Promise<ProgramPlace | { readonly missing: string }> {
  try {
    return await pythonPlace(import.meta.dirname);
  } catch (error) {
    if (process.env['CI'] === 'true') throw error;
    return { missing: messageOf(error) };
  }
}
