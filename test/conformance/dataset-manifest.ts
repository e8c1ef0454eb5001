import type { BlobRef } from '../../domain/ports/blobs.js';
import type { DatasetManifest } from '../../domain/ports/datasets.js';

export const digestOf = (letter: string): string => letter.repeat(64);

export const blobOf = (letter: string): BlobRef => ({
  uri: `s3://ratchet/blobs/${digestOf(letter)}`,
  sha256: digestOf(letter),
  bytes: 100,
});

/** A manifest whose key and digest are told apart by one letter. */
export function manifestOf(
  project: string,
  letter: string,
  changes: Partial<DatasetManifest> = {},
): DatasetManifest {
  return {
    project,
    name: 'flights',
    digest: digestOf(letter),
    key: digestOf(letter),
    commit: 'c'.repeat(40),
    definition: blobOf('1'),
    rows: { train: 70, validation: 20, test: 10 },
    files: { train: blobOf('2'), validation: blobOf('3'), test: blobOf('4') },
    quarantine: null,
    quarantined: [
      { table: 'flights', rows: 2, of: 60, reasons: { null: 2 } },
      { table: 'examples', rows: 3, of: 103, reasons: { duplicate: 3 } },
    ],
    columns: [],
    sources: [],
    sql: {},
    features: [],
    checks: [],
    ...changes,
  };
}
