import type { FeatureViewConfig } from '../../../domain/config/feature-view.js';
import { bruteForceSql } from '../../../domain/features/brute-force.js';
import { quoteValue } from '../../../domain/features/quote.js';
import { viewSql } from '../../../domain/features/view-sql.js';
import type { DuckdbSession, SqlRow } from './duckdb-session.js';

/** Minutes since an origin stand for instants; null for an instant that never came. */
export interface SourceRow {
  readonly k: string | null;
  readonly t: number | null;
  readonly v: number | null;
}

export interface SpineRow {
  readonly k: string | null;
  readonly p: number;
}

const relations = { spine: 'spine', source: 'source', predictAt: 'p' };

const shared = {
  version: 1 as const,
  name: 'view',
  description: '',
  tables: ['x'],
  entity: ['k'],
  select: '',
};

export const windowView = (window: string): Extract<FeatureViewConfig, { kind: 'window' }> => ({
  ...shared,
  kind: 'window',
  knownAt: 't',
  window,
  columns: {
    mean: { aggregate: 'mean', of: 'v' },
    sum: { aggregate: 'sum', of: 'v' },
    counted: { aggregate: 'count', of: 'v' },
    rows: { aggregate: 'count' },
  },
});

export const latestView = (ttl?: string): Extract<FeatureViewConfig, { kind: 'latest' }> => ({
  ...shared,
  kind: 'latest',
  knownAt: 't',
  ...(ttl === undefined ? {} : { ttl }),
  columns: { v: { of: 'v' }, w: { of: 'w' } },
});

export const lookupView = (): Extract<FeatureViewConfig, { kind: 'lookup' }> => ({
  ...shared,
  kind: 'lookup',
  columns: { v: { of: 'v' } },
});

/** Fills `spine` and `source`; `w` is a second value that follows from the first. */
export async function fill(session: DuckdbSession, spine: readonly SpineRow[], source: readonly SourceRow[]) {
  const instant = (minute: number | null) =>
    minute === null ? 'null' : `timestamp '2020-01-01' + to_minutes(${minute})`;
  await session.run('create or replace table spine (__row bigint, k varchar, p timestamp)');
  await session.run('create or replace table source (k varchar, t timestamp, v double, w varchar)');
  if (spine.length > 0)
    await session.run(
      `insert into spine values ${spine.map(({ k, p }, row) => `(${row}, ${quoteValue(k)}, ${instant(p)})`).join(', ')}`,
    );
  if (source.length > 0)
    await session.run(
      `insert into source values ${source
        .map(
          ({ k, t, v }) =>
            `(${quoteValue(k)}, ${instant(t)}, ${quoteValue(v)}, ${quoteValue(v === null ? null : `w${v}`)})`,
        )
        .join(', ')}`,
    );
}

/** The features as the platform joins them, in the order of the spine. */
export async function features(session: DuckdbSession, view: FeatureViewConfig): Promise<SqlRow[]> {
  return await session.rows(`select * exclude (__row) from (${viewSql(view, relations)}) order by __row`);
}

/** The same by brute force. */
export async function plainFeatures(session: DuckdbSession, view: FeatureViewConfig): Promise<SqlRow[]> {
  return await session.rows(
    `select * exclude (__row) from (${bruteForceSql(view, relations)}) order by __row`,
  );
}
