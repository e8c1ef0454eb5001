import { RatchetError } from '../../../domain/errors/ratchet-error.js';

/** The error of a request whose row does not fit the model. Rows count from 0. */
export function refuseRow(row: number, message: string): RatchetError {
  return new RatchetError('REQUEST_INVALID', `row ${row}: ${message}`, { row });
}
