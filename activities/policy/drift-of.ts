import { join } from 'node:path';
import type { DriftSample } from '../../domain/drift/column-shift.js';
import type { ColumnDrift } from '../../domain/drift/compare-columns.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { driftFacts } from '../../domain/policy/facts/drift-facts.js';
import type { PolicyFacts } from '../../domain/policy/facts/policy-facts.js';
import type { DatasetManifest } from '../../domain/ports/datasets.js';
import { type Column, readColumns } from '../adapters/duckdb/index.js';
import { askThread } from './ask-thread.js';
import type { PolicyDeps } from './deps.js';
import type { Live } from './live-champion.js';
import type { PolicyJob } from './policy-job.js';
import { sampleOf } from './read-sample.js';

const deadlineMs = 10 * 60_000;

/** The candidate's training rows against those of the champion, input by input. */
export async function driftOf(
  deps: PolicyDeps,
  { manifest, configuration }: PolicyJob,
  champion: Live,
  { folder, signal }: { readonly folder: string; readonly signal: AbortSignal },
): Promise<PolicyFacts['drift']> {
  if (champion.kind === 'none') return { missing: champion.reason };
  const before = champion.manifest;
  const all = configuration.evaluation.inputs;
  const inputs = all.filter((name) => before.columns.some((column) => column.name === name));
  if (inputs.length === 0) return { missing: "the champion's dataset has none of the inputs" };
  try {
    const rows = async (of: DatasetManifest, name: string) => {
      const path = join(folder, `${name}.parquet`);
      await deps.blobs.fetchFile(of.files.train, path);
      return readColumns(path, inputs);
    };
    const samples = samplesOf(await rows(before, 'reference'), await rows(manifest, 'current'));
    const apart = all.flatMap((name) => {
      if (Object.hasOwn(samples, name)) return [];
      const why = inputs.includes(name)
        ? "it has another type than in the champion's dataset"
        : "the champion's dataset does not have it";
      return [[name, why] as const];
    });
    return driftFacts(await compared(samples, signal), Object.fromEntries(apart));
  } catch (error) {
    if (error instanceof RatchetError && error.code === 'BLOB_MISSING')
      return { missing: `the rows of a dataset are not stored any more: ${error.message}` };
    throw error;
  }
}

/** Columns that have one type in both. */
function samplesOf(reference: readonly Column[], current: readonly Column[]): Record<string, DriftSample> {
  const samples = reference.flatMap((column): (readonly [string, DriftSample])[] => {
    const before = sampleOf(column);
    const found = current.find(({ name }) => name === column.name);
    const after = found && sampleOf(found);
    if (before instanceof Float64Array && after instanceof Float64Array)
      return [[column.name, { kind: 'numeric', reference: before, current: after }]];
    if (Array.isArray(before) && Array.isArray(after))
      return [[column.name, { kind: 'categorical', reference: before, current: after }]];
    return [];
  });
  return Object.fromEntries(samples);
}

async function compared(
  samples: Readonly<Record<string, DriftSample>>,
  signal: AbortSignal,
): Promise<readonly ColumnDrift[]> {
  let columns: readonly ColumnDrift[] = [];
  const ending = await askThread(
    { do: 'drift', samples },
    (answer) => {
      if (answer.kind === 'drift') ({ columns } = answer);
    },
    { deadlineMs, signal },
  );
  if (ending.kind !== 'done')
    throw new RatchetError('INTERNAL', `comparing the datasets did not come to its end: ${ending.kind}`);
  return columns;
}
