import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { BlobRef } from '../../domain/ports/blobs.js';
import type { DatasetRecord } from '../../domain/ports/datasets.js';
import type { GatewayDeps } from '../deps.js';
import { manifestOf } from './dataset-detail.js';

interface DatasetAddress {
  readonly project: string;
  readonly name: string;
  /** Number or tag. */
  readonly version: string;
}

/**
 * A file of a version that people may have. Nobody has the test split: only the platform's evaluator reads it. Errors:
 * `FORBIDDEN` for that, `REQUEST_INVALID` for a tag of some rows, `NOT_FOUND` where no row was set aside.
 */
export async function datasetFile(
  deps: GatewayDeps,
  at: DatasetAddress,
  file: 'train' | 'validation' | 'test' | 'quarantine',
): Promise<{ readonly record: DatasetRecord; readonly object: BlobRef }> {
  if (file === 'test') {
    throw new RatchetError(
      'FORBIDDEN',
      'the test split is given to nobody: only the evaluator of the platform reads it, so that no model is measured on rows that somebody looked at; there are train, validation and quarantine',
    );
  }
  const record = await deps.datasets.get(at.project, at.name, at.version);
  await refuseSubset(deps, at, record);
  const manifest = await manifestOf(deps, record);
  const object = file === 'quarantine' ? manifest.quarantine : manifest.files[file];
  if (object !== null) return { record, object };
  throw new RatchetError('NOT_FOUND', `no row of ${at.project}/${at.name}@${record.version} was set aside`);
}

/** The files have all rows of a version, and the tag says some. */
async function refuseSubset(
  { datasets }: GatewayDeps,
  { project, name, version: asked }: DatasetAddress,
  { version }: DatasetRecord,
): Promise<void> {
  const tags = await datasets.tags(project, name);
  const where = tags.find(({ tag }) => tag === asked)?.where ?? null;
  if (where === null) return;
  throw new RatchetError(
    'REQUEST_INVALID',
    `"${asked}" names the rows of version ${version} where ${where}; files have all rows of a version: ask for ${version}`,
    { version },
  );
}
