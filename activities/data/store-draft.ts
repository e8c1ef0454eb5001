import type { DatasetDefinition } from '../../domain/features/dataset-definition.js';
import type { BlobRef } from '../../domain/ports/blobs.js';
import type { DatasetManifest } from '../../domain/ports/datasets.js';
import type { ComputedDataset } from './compute-dataset.js';
import type { CollectedTable, DataDeps, DatasetRequest } from './deps.js';
import { datasetKey, type Fingerprints, textDigest } from './keys.js';
import type { VectorsPlan } from './plan-vectors.js';

type Deps = Pick<DataDeps, 'blobs' | 'features'>;

/** What to build, and the run it is built for. */
export type BuildRequest = DatasetRequest & {
  readonly tables: readonly CollectedTable[];
  readonly runId: string | null;
};

/** A judged dataset on this machine. */
export interface DraftInput {
  readonly request: BuildRequest;
  readonly definition: DatasetDefinition;
  readonly fingerprints: Fingerprints;
  readonly computed: ComputedDataset;
  readonly plans: readonly VectorsPlan[];
  readonly quarantine: BlobRef | null;
}

/** Stores splits, vectors and definition, and says in a manifest what the dataset is made of. */
export async function storeDraft(deps: Deps, input: DraftInput): Promise<DatasetManifest> {
  const { request, definition, fingerprints, computed, plans, quarantine } = input;
  return {
    project: request.project,
    name: definition.dataset.name,
    digest: computed.digest,
    key: datasetKey(definition, fingerprints),
    commit: request.commit,
    definition: await deps.blobs.putJson(definition),
    rows: computed.counts.rows,
    files: await storeFiles(deps, computed),
    quarantine,
    quarantined: computed.counts.quarantined,
    columns: computed.statistics,
    sources: request.tables,
    sql: sqlDigests(definition),
    features: await storeVectors(deps, request, computed, plans),
    checks: contractChecks(definition, computed),
  };
}

async function storeVectors(
  deps: Deps,
  { project, runId }: BuildRequest,
  computed: ComputedDataset,
  plans: readonly VectorsPlan[],
): Promise<DatasetManifest['features']> {
  return await Promise.all(
    plans.map(async ({ view, version, digest, key, examples, stored }) => {
      const { name } = view.config;
      const told = { name, version, digest, examples };
      if (stored !== null) return { ...told, vectors: stored, reused: true };
      const vectors = await deps.blobs.putFile(computed.made[name] ?? '');
      const rows = Object.values(computed.counts.states).reduce((sum, count) => sum + count, 0);
      await deps.features.putVectors({ key, project, view: name, version, rows, file: vectors, runId });
      return { ...told, vectors, reused: false };
    }),
  );
}

async function storeFiles(deps: Deps, { files }: ComputedDataset): Promise<DatasetManifest['files']> {
  const [train, validation, test] = await Promise.all(
    [files.train, files.validation, files.test].map((file) => deps.blobs.putFile(file)),
  );
  if (!train || !validation || !test) throw new TypeError('a dataset has three files');
  return { train, validation, test };
}

function sqlDigests({ dataset, examplesSql, tables, views }: DatasetDefinition): Record<string, string> {
  return Object.fromEntries([
    [dataset.examples, textDigest(examplesSql)],
    ...tables.flatMap(({ config, query }) =>
      query === null ? [] : [[config.query ?? '', textDigest(query)]],
    ),
    ...views.map(({ file, config }) => [file, textDigest(config.select)]),
  ]);
}

function contractChecks(
  definition: DatasetDefinition,
  { counts }: ComputedDataset,
): DatasetManifest['checks'] {
  const { contract, label } = definition.dataset;
  const broken = counts.quarantined.find(({ table }) => table === 'examples');
  const kept = counts.states['kept'] ?? 0;
  const left = (state: string) => counts.states[state] ?? 0;
  return [
    {
      name: 'contract',
      verdict: 'pass',
      text: `${broken?.rows ?? 0} of ${broken?.of ?? kept} examples set aside, allowed is a share of ${contract.maxQuarantinedShare}`,
    },
    ...(label === undefined
      ? []
      : [
          {
            name: 'labels',
            verdict: 'pass',
            text: `${left('unlabelled')} examples without a label and ${left('label not known')} whose label was not known in time were left out`,
          },
        ]),
  ];
}
