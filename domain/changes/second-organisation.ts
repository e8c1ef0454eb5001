import { RatchetError } from '../errors/ratchet-error.js';

/** Of a platform, one project is the organisation's. */
export function secondOrganisation(first: string, second: string): RatchetError {
  return new RatchetError(
    'CONFLICT',
    `project "${first}" is the organisation's, and there is one alone: "${second}" is not another`,
    { project: second, organisation: first },
  );
}
