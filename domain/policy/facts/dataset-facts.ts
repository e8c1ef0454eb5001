import type { DatasetManifest } from '../../ports/datasets.js';
import type { Fact, PolicyFacts } from './policy-facts.js';

interface Asked {
  readonly version: { readonly name: string; readonly version: number };
  /** Column of the time at which a row is predicted. */
  readonly predictAt: string | undefined;
  /** When the run of the version began. */
  readonly startedAt: string;
}

/** Size, freshness and quarantine of the dataset that a version was trained on. */
export function datasetFacts(
  manifest: Pick<DatasetManifest, 'rows' | 'quarantined' | 'columns'>,
  { version, predictAt, startedAt }: Asked,
): PolicyFacts['dataset'] {
  const { train, validation, test } = manifest.rows;
  // A manifest lists the tables of which rows were set aside: one that is not listed lost none.
  const shares = manifest.quarantined.map(({ rows, of }) => (rows === 0 ? 0 : rows / Math.max(rows, of)));
  return {
    name: version.name,
    version: version.version,
    rows: { train, validation, test, all: train + validation + test },
    ageHours: ageHours(manifest.columns, predictAt, startedAt),
    quarantine: {
      rows: manifest.quarantined.reduce((sum, { rows }) => sum + rows, 0),
      share: Math.max(0, ...shares),
    },
  };
}

const hourMs = 3_600_000;

function ageHours(
  columns: DatasetManifest['columns'],
  predictAt: string | undefined,
  startedAt: string,
): Fact<number> {
  if (predictAt === undefined) return { missing: 'the dataset declares no predictAt' };
  const newest = columns.find(({ name }) => name === predictAt)?.max;
  const newestMs = typeof newest === 'string' ? Date.parse(utc(newest)) : Number.NaN;
  if (Number.isNaN(newestMs)) return { missing: `the newest value of ${predictAt} is not known` };
  return (Date.parse(startedAt) - newestMs) / hourMs;
}

/** Timestamps in a manifest are UTC, with or without a sign of it. */
function utc(text: string): string {
  const iso = text.replace(' ', 'T');
  return /(Z|[+-]\d{2}:?\d{2})$/.test(iso) ? iso : `${iso}Z`;
}
