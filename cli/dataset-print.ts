import type { components } from './generated/api.js';
import { printFacts, printLine, printTable } from './print.js';

type Dataset = components['schemas']['DatasetDetail'];

/** A dataset version as a page of text. */
export function printDataset(found: Dataset): void {
  const { train, validation, test } = found.splits;
  printFacts([
    ['dataset', `${found.project}/${found.name}@${found.version}`],
    ['adopted from', adoptedText(found)],
    ['digest', found.digest],
    ['commit', found.commit],
    ['rows', `${train} train, ${validation} validation, ${test} test`],
    ['features', found.features.map(featureText).join(', ') || 'none'],
    ['subsets', found.subsets.length === 0 ? undefined : found.subsets.map(subsetText).join('; ')],
  ]);
  for (const print of [printSources, printSetAside, printColumns, printChecks]) {
    printLine();
    print(found);
  }
}

const adoptedText = ({ adoptedFrom: from }: Dataset) =>
  from === null ? undefined : `${from.project}/${from.name}@${from.version}`;

const featureText = ({ name, version, reused }: Dataset['features'][number]) =>
  `${name} v${version}${reused ? ' (reused)' : ''}`;

const subsetText = ({ tag, where, rows }: Dataset['subsets'][number]) =>
  where === null ? tag : `${tag}: ${where} (${rows === null ? 'never counted' : `${rows} rows`})`;

function printSources({ sources }: Dataset): void {
  printTable(
    ['table', 'source', 'rows', 'fingerprint'],
    sources.map((row) => [row.table, row.source, row.rows, shortFingerprint(row.fingerprint)]),
    'no source',
  );
}

/** Kind and counts whole, of the digest at its end enough to tell two apart. */
const shortFingerprint = (text: string) => text.replace(/[0-9a-f]{13,}$/, (digest) => digest.slice(0, 12));

function printSetAside({ setAside }: Dataset): void {
  printTable(
    ['set aside from', 'rows', 'of', 'reasons'],
    setAside.map(({ table, rows, of, reasons }) => [
      table,
      rows,
      of,
      Object.entries(reasons)
        .map(([reason, count]) => `${reason}: ${count}`)
        .join('; '),
    ]),
    'no row was set aside',
  );
}

function printColumns({ columns }: Dataset): void {
  printTable(
    ['column', 'type', 'nulls', 'distinct', 'min', 'max', 'mean'],
    columns.map((row) => [row.name, row.type, row.nulls, row.distinct, row.min, row.max, row.mean]),
    'no column',
  );
}

function printChecks({ checks }: Dataset): void {
  printTable(
    ['check', 'verdict', 'what was seen'],
    checks.map((row) => [row.name, row.verdict, row.text]),
    'no check',
  );
}
