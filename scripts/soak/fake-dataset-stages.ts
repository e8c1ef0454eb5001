import { createHash } from 'node:crypto';
import type { BuiltDataset, CollectedTable, DatasetCheck } from '../../activities/data/index.js';
import { unlessDone } from '../../activities/steps/current-step.js';
import { withHeartbeats } from '../../activities/steps/heartbeats.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { IngestDatasetInput } from '../../domain/lifecycle/ingest-dataset.js';
import type { BlobStore } from '../../domain/ports/blobs.js';
import type { DatasetManifest } from '../../domain/ports/datasets.js';
import type { Git } from '../../domain/ports/git.js';
import type { SplitFiles } from './made-files.js';
import { breaksContract } from './repository.js';

interface Deps {
  readonly blobs: BlobStore;
  readonly git: Git;
}

/** The stages of a dataset that start DuckDB, played: they store what the real ones store, in the same order. */
export function fakeDatasetStages(deps: Deps, files: SplitFiles) {
  const stage = <T>(input: IngestDatasetInput, work: () => Promise<T>) =>
    unlessDone({ dataset: input.key }, () => withHeartbeats(work));
  return {
    collectTables: (input: IngestDatasetInput): Promise<readonly CollectedTable[]> =>
      stage(input, async () => {
        const snapshot = await deps.blobs.putBytes(Buffer.from('the rows'));
        const fingerprint = input.fingerprints['points'] ?? '';
        return [{ table: 'points', source: 'files', fingerprint, rows: 9, snapshot }];
      }),
    buildDataset: (
      input: IngestDatasetInput & { collected: readonly CollectedTable[] },
    ): Promise<BuiltDataset> =>
      stage(input, async () => {
        const sql = await deps.git.readFile(input.repo, input.commit, 'models/tiny/examples.sql');
        if (breaksContract(sql)) throw new RatchetError('CONTRACT_BROKEN', '5 of 10 rows', { limit: 0.05 });
        const manifest = await storeFiles(deps, input, files);
        const draft = await deps.blobs.putJson(manifest);
        const { name, key, digest, rows } = manifest;
        return { name, key, digest, rows, quarantined: 0, draft };
      }),
    proveDataset: (input: IngestDatasetInput): Promise<readonly DatasetCheck[]> =>
      stage(input, async () => [{ name: 'recompute', verdict: 'pass', text: 'equal' }]),
  };
}

async function storeFiles(
  { blobs }: Deps,
  input: IngestDatasetInput & { collected: readonly CollectedTable[] },
  files: SplitFiles,
): Promise<DatasetManifest> {
  const { project, name, key, commit } = input;
  const column = (of: string, type: string) =>
    ({ name: of, type, nulls: 0, distinct: 5, min: 0, max: 1, mean: 0.5, deviation: 0.5 }) as const;
  return {
    project,
    name,
    key,
    commit,
    digest: createHash('sha256').update(key).digest('hex'),
    definition: await blobs.putJson({ key }),
    rows: { train: 5, validation: 6, test: 7 },
    files: {
      train: await blobs.putBytes(files.train),
      validation: await blobs.putBytes(files.validation),
      test: await blobs.putBytes(files.test),
    },
    quarantine: null,
    quarantined: [],
    columns: [column('x', 'double'), column('y', 'double'), column('label', 'integer')],
    sources: input.collected,
    sql: {},
    features: [],
    checks: [],
  };
}
