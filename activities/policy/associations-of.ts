import { join } from 'node:path';
import type { Association } from '../../domain/drift/association.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { AssociationFact, PolicyFacts } from '../../domain/policy/facts/policy-facts.js';
import type { MergedPolicy } from '../../domain/policy/merge-policies.js';
import { readColumns } from '../adapters/duckdb/index.js';
import { askThread } from './ask-thread.js';
import type { PolicyDeps } from './deps.js';
import type { PolicyJob } from './policy-job.js';
import { sampleOf } from './read-sample.js';

const deadlineMs = 10 * 60_000;

type Found = Association | { readonly reason: string };

/** How much each input says about each forbidden column, on the training rows. A column that is not there has no pair. */
export async function associationsOf(
  deps: PolicyDeps,
  { manifest, configuration }: PolicyJob,
  policy: MergedPolicy,
  { folder, signal }: { readonly folder: string; readonly signal: AbortSignal },
): Promise<PolicyFacts['associations']> {
  const has = (name: string) => manifest.columns.some((column) => column.name === name);
  const forbidden = [...new Set(policy.ethics.flatMap(({ forbiddenFeatures }) => forbiddenFeatures))];
  const columns = forbidden.filter(has);
  if (forbidden.length === 0) return { missing: 'no policy forbids a column' };
  const { inputs } = configuration.evaluation;
  if (columns.length === 0) return [];
  const path = join(folder, 'train-associations.parquet');
  await deps.blobs.fetchFile(manifest.files.train, path);
  const read = await readColumns(path, [...new Set([...inputs, ...columns])]);
  const samples = new Map(read.map((column) => [column.name, sampleOf(column)]));
  const pairs = columns.flatMap((column) =>
    inputs.filter((input) => input !== column).map((input) => ({ input, column })),
  );
  const found = await measured(
    pairs.map(({ input, column }) => ({
      first: samples.get(input) ?? [],
      second: samples.get(column) ?? [],
    })),
    signal,
  );
  return pairs.map((pair, at) => ({ ...pair, ...factOf(found[at]) }));
}

function factOf(found: Found | undefined): Omit<AssociationFact, 'input' | 'column'> {
  if (found !== undefined && 'value' in found)
    return { value: found.value, measure: found.measure, n: found.n };
  return { value: { missing: found?.reason ?? 'it was not measured' }, measure: 'none', n: 0 };
}

async function measured(
  pairs: Extract<Parameters<typeof askThread>[0], { do: 'associate' }>['pairs'],
  signal: AbortSignal,
): Promise<readonly Found[]> {
  let found: readonly Found[] = [];
  const ending = await askThread(
    { do: 'associate', pairs },
    (answer) => {
      if (answer.kind === 'associations') ({ found } = answer);
    },
    { deadlineMs, signal },
  );
  if (ending.kind !== 'done')
    throw new RatchetError('INTERNAL', `measuring associations did not come to its end: ${ending.kind}`);
  return found;
}
