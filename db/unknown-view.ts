import { RatchetError } from '../domain/errors/ratchet-error.js';

export function unknownView(project: string, name: string, version?: number): RatchetError {
  const which = version === undefined ? `"${name}"` : `"${name}" version ${version}`;
  return new RatchetError('FEATURE_NOT_FOUND', `project ${project} has no feature view ${which}`, {
    project,
    name,
    version: version ?? null,
  });
}
