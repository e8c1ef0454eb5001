import { RatchetError } from '../domain/errors/ratchet-error.js';

export function unknownDataset(project: string, name: string, versionOrTag: string | number): RatchetError {
  return new RatchetError(
    'DATASET_NOT_FOUND',
    `project ${project} has no dataset "${name}" with version or tag "${versionOrTag}"`,
    {
      project,
      name,
      version: versionOrTag,
    },
  );
}
