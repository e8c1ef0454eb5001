import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { ShapedColumn } from '../../domain/features/column-shape.js';
import { hasKnowledge } from '../../domain/features/known-table.js';
import type { BlobRef } from '../../domain/ports/blobs.js';
import type { DatasetManifest } from '../../domain/ports/datasets.js';
import { type JobResults, type JobRow, runDuckdbJob } from '../adapters/duckdb/index.js';
import type { DataDeps, DatasetRequest, WorkOptions } from './deps.js';
import { fetchSnapshots } from './fetch-snapshots.js';
import { loadDatasetDefinition } from './load-definition.js';
import { bruteForceName, earlyColumns, type ProofInput, proofSteps } from './prove-steps.js';
import type { DatasetCheck } from './publish-dataset.js';

/**
 * The recompute gate. At instants spread over the prediction times the dataset is built again from the rows and values
 * known by then; the last examples before each must not change in any column but the label and what is known later.
 * Features of sampled rows are computed by brute force as well. Errors: `LEAKAGE`, naming column, row, both values and
 * how many rows differ.
 */
export async function proveDataset(
  deps: Pick<DataDeps, 'git' | 'projects' | 'blobs' | 'launcher'>,
  input: DatasetRequest & { readonly draft: BlobRef },
  options: WorkOptions,
): Promise<readonly DatasetCheck[]> {
  const definition = await loadDatasetDefinition(deps, input);
  const draft = (await deps.blobs.getJson(input.draft)) as DatasetManifest;
  const proof: ProofInput = {
    definition,
    snapshots: await fetchSnapshots(deps.blobs, draft.sources, options.workDir),
    files: await fetchSplits(deps, draft, options.workDir),
    columns: draft.columns.map(({ name, type }) => ({ name, type: type as ShapedColumn['type'] })),
  };
  const cuts = definition.tables.some(({ config }) => hasKnowledge(config))
    ? definition.dataset.recompute.cuts
    : 0;
  const results = await runDuckdbJob(
    deps.launcher,
    {
      ...options.bounds,
      key: options.key,
      fence: options.fence,
      name: 'prove',
      folder: options.workDir,
      threads: 1,
      steps: proofSteps(proof, cuts),
    },
    options,
  );
  const findings = results['findings'] ?? [];
  if (findings.length > 0) throw leakage(definition.file, findings, results);
  return checksOf(proof, results, draft);
}

async function fetchSplits(
  deps: Pick<DataDeps, 'blobs'>,
  { files }: DatasetManifest,
  workDir: string,
): Promise<string[]> {
  const folder = join(workDir, 'stored');
  await mkdir(folder, { recursive: true });
  return await Promise.all(
    Object.entries(files).map(async ([split, ref]) => {
      const path = join(folder, `${split}.parquet`);
      await deps.blobs.fetchFile(ref, path);
      return path;
    }),
  );
}

function leakage(file: string, findings: readonly JobRow[], results: JobResults): RatchetError {
  const [worst, ...others] = [...findings].sort((a, b) => Number(b['rows']) - Number(a['rows']));
  const text = worst === undefined ? '' : findingText(worst, results);
  const columns = [...new Set(others.map((finding) => String(finding['column'])))].filter(
    (column) => column !== worst?.['column'],
  );
  const more = columns.length === 0 ? '' : `; columns that differ too: ${columns.join(', ')}`;
  return new RatchetError('LEAKAGE', `${file}: ${text}${more}`, { findings });
}

function findingText(finding: JobRow, results: JobResults): string {
  const { comparison, column, rows, of, row_key, stored, rebuilt } = finding;
  const counted = `${rows} of ${of} rows differ`;
  if (comparison === bruteForceName)
    return `column ${column} of row ${row_key} is ${stored}, by brute force it is ${rebuilt}; ${counted}`;
  const cut = (results['cuts'] ?? []).find((row) => `cut ${Number(row['cut']) + 1}` === comparison);
  const known = `from what was known at ${cut?.['instant']}`;
  if (column === '(row)')
    return `row ${row_key} is an example only with later knowledge: it is not there ${known} (${rows} of ${of} rows); rows without a label are left out by themselves, the examples need not filter on it`;
  return `column ${column} of row ${row_key} is ${stored} with the whole data and ${rebuilt} ${known}; ${counted}`;
}

function checksOf(proof: ProofInput, results: JobResults, draft: DatasetManifest): DatasetCheck[] {
  const { definition } = proof;
  const { recompute } = definition.dataset;
  const cuts = results['cuts'] ?? [];
  const at = cuts.map((row) => String(row['instant'])).join(', ');
  const columns = earlyColumns(proof).length;
  const recomputed: DatasetCheck =
    cuts.length > 0
      ? {
          name: 'recompute',
          verdict: 'pass',
          text: `built again from what was known at ${at}: ${columns} columns of the last ${recompute.rows} rows before each are equal`,
        }
      : { name: 'recompute', verdict: 'inconclusive', text: waivedText(proof) };
  if (definition.views.length === 0) return [recomputed];
  const rows = Math.min(recompute.rows, draft.rows.train + draft.rows.validation + draft.rows.test);
  const views = definition.views.map(({ config }) => config.name).join(', ');
  return [
    recomputed,
    {
      name: 'brute-force',
      verdict: 'pass',
      text: `features of ${rows} sampled rows equal a plain computation: ${views}`,
    },
  ];
}

function waivedText({ definition: { dataset } }: ProofInput): string {
  if (dataset.predictAt === undefined)
    return 'the dataset has no predictAt, so there is no later knowledge to cut';
  if (dataset.recompute.cuts === 0) return 'waived by recompute.cuts: 0';
  return 'no table declares knownAt, so nothing could be cut';
}
