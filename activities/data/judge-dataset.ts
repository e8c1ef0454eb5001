import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { ShapedColumn } from '../../domain/features/column-shape.js';
import type { DatasetDefinition } from '../../domain/features/dataset-definition.js';
import { type ExampleState, exampleStates } from '../../domain/features/judge-sql.js';
import { splitNames } from '../../domain/features/split-sql.js';
import type { BlobRef } from '../../domain/ports/blobs.js';
import type { DatasetManifest, Quarantined } from '../../domain/ports/datasets.js';
import type { JobResults } from '../adapters/duckdb/index.js';

type Counts = Readonly<Record<string, number>>;

/** What a build counted, as the manifest says it. */
export interface DatasetCounts {
  readonly rows: DatasetManifest['rows'];
  readonly states: Counts;
  readonly quarantined: readonly Quarantined[];
}

/** Reads the counts of an assembly. `tableRows` are the raw rows of each table. */
export function countDataset(results: JobResults, tableRows: Counts): DatasetCounts {
  const split = counts(results['splits'], 'split');
  const states = counts(results['states'], 'state');
  const reasons = results['quarantined'] ?? [];
  const tables = [...new Set(reasons.map((row) => String(row['table'])))];
  const quarantined = tables.map((table): Quarantined => {
    const own = counts(
      reasons.filter((row) => row['table'] === table),
      'reason',
    );
    const rows = Object.values(own).reduce((sum, count) => sum + count, 0);
    const judged = (states['kept'] ?? 0) + rows;
    return { table, rows, of: table === 'examples' ? judged : (tableRows[table] ?? rows), reasons: own };
  });
  const rows = { train: split['train'] ?? 0, validation: split['validation'] ?? 0, test: split['test'] ?? 0 };
  return { rows, states, quarantined };
}

/** Errors: `CONTRACT_BROKEN`, `SPLIT_EMPTY`, with counts, share and limit; the quarantine is named where there is one. */
export function judgeDataset(
  { dataset, file }: DatasetDefinition,
  columns: readonly ShapedColumn[],
  results: JobResults,
  { rows, states, quarantined }: DatasetCounts,
  quarantine: BlobRef | null,
): void {
  const examples = quarantined.find(({ table }) => table === 'examples');
  const share = examples === undefined ? 0 : examples.rows / examples.of;
  const { maxQuarantinedShare, minRows } = dataset.contract;
  const told = { quarantine, states };
  if (examples !== undefined && share > maxQuarantinedShare)
    throw new RatchetError(
      'CONTRACT_BROKEN',
      `${file}: ${examples.rows} of ${examples.of} examples break the contract (share ${share.toFixed(4)}), allowed is a share of ${maxQuarantinedShare}: ${reasonsText(examples.reasons)}`,
      {
        ...told,
        reasons: examples.reasons,
        rows: examples.rows,
        of: examples.of,
        share,
        limit: maxQuarantinedShare,
      },
    );
  const empty = splitNames.filter((split) => rows[split] === 0);
  if (empty.length > 0)
    throw new RatchetError(
      'SPLIT_EMPTY',
      `${file}: no rows are in ${empty.join(' and ')}; ${statesText(states, rows)}`,
      {
        ...told,
        empty,
        rows,
      },
    );
  const total = rows.train + rows.validation + rows.test;
  if (total < minRows)
    throw new RatchetError(
      'CONTRACT_BROKEN',
      `${file}: the dataset has ${total} rows, contract.minRows asks for ${minRows}; ${statesText(states, rows)}`,
      { ...told, rows: total, limit: minRows },
    );
  refuseConstants(file, dataset, columns, results);
}

function refuseConstants(
  file: string,
  dataset: DatasetDefinition['dataset'],
  columns: readonly ShapedColumn[],
  results: JobResults,
): void {
  const split = dataset.split.by !== 'hash' ? [dataset.split.column] : [];
  const time = [dataset.predictAt, dataset.labelKnownAt].filter((name) => name !== undefined);
  const free = new Set([
    ...dataset.key,
    ...time,
    ...split,
    ...dataset.outcomes,
    ...dataset.contract.allowConstant,
  ]);
  const row = results['constants']?.[0] ?? {};
  const constant = columns.filter(({ name }, index) => row[`c${index}`] === true && !free.has(name));
  if (constant.length === 0) return;
  const names = constant.map(({ name }) => name);
  if (dataset.label !== undefined && names.includes(dataset.label)) throw oneLabel(file, dataset.label);
  throw new RatchetError(
    'CONTRACT_BROKEN',
    `${file}: ${names.join(', ')} ${names.length === 1 ? 'has' : 'have'} one value in all training rows, so nothing can be learned from it; leave it out or name it in contract.allowConstant`,
    { columns: names },
  );
}

function oneLabel(file: string, label: string): RatchetError {
  return new RatchetError(
    'CONTRACT_BROKEN',
    `${file}: the label ${label} has one value in all training rows, so there is nothing to learn; allowed are rows of at least two`,
    { columns: [label] },
  );
}

function counts(rows: JobResults[string] | undefined, name: string): Counts {
  return Object.fromEntries((rows ?? []).map((row) => [String(row[name]), Number(row['rows'])]));
}

/** Reasons with their counts, most first. */
export function reasonsText(reasons: Counts): string {
  return Object.entries(reasons)
    .sort(([, a], [, b]) => b - a)
    .map(([reason, count]) => `${reason} (${count})`)
    .join(', ');
}

function statesText(states: Counts, rows: DatasetManifest['rows']): string {
  const parts = exampleStates.map((state: ExampleState) => `${states[state] ?? 0} ${state}`);
  return `of the examples ${parts.join(', ')}; train ${rows.train}, validation ${rows.validation}, test ${rows.test}`;
}
