import type { FeatureViewConfig } from '../config/feature-view.js';
import { intervalSql } from './duration.js';
import { quoteIdentifier } from './quote.js';
import { positionColumn } from './relations.js';
import type { ViewRelations } from './view-relations.js';

/**
 * The same features as `viewSql`, by a correlated sub-select for each value: no running totals, no ASOF join. Slow, and
 * plain enough to be believed; it judges the fast way on sampled rows. Sums are compensated sums of doubles, so they
 * agree with the exact ones to about 1e-15 of the largest value.
 */
export function bruteForceSql(view: FeatureViewConfig, { spine, source, predictAt }: ViewRelations): string {
  const same = view.entity
    .map((name) => `r.${quoteIdentifier(name)} = s.${quoteIdentifier(name)}`)
    .join(' and ');
  const features = Object.keys(view.columns).map(
    (name) => `${valueSql(view, name, { source, same, at: predictAt })} as ${quoteIdentifier(name)}`,
  );
  return `select s.${positionColumn}, ${features.join(', ')} from ${spine} s`;
}

interface Correlation {
  readonly source: string;
  readonly same: string;
  readonly at: string | undefined;
}

function valueSql(view: FeatureViewConfig, name: string, { source, same, at }: Correlation): string {
  if (view.kind === 'lookup')
    return `(select r.${quoteIdentifier(of(view.columns, name))} from ${source} r where ${same})`;
  const predictAt = `s.${quoteIdentifier(at ?? '')}`;
  const known = `r.${quoteIdentifier(view.knownAt)}`;
  const upto = `${same} and ${known} <= ${predictAt}`;
  if (view.kind === 'latest') {
    const alive = view.ttl === undefined ? '' : ` and ${known} > ${predictAt} - ${intervalSql(view.ttl)}`;
    const ties = Object.values(view.columns).map(
      (column) => `r.${quoteIdentifier(column.of)} desc nulls last`,
    );
    const order = [`${known} desc`, ...ties].join(', ');
    return `(select r.${quoteIdentifier(of(view.columns, name))} from ${source} r where ${upto}${alive} order by ${order} limit 1)`;
  }
  const rows = `from ${source} r where ${upto} and ${known} > ${predictAt} - ${intervalSql(view.window)}`;
  return aggregateSql(view, name, rows);
}

function aggregateSql(
  view: Extract<FeatureViewConfig, { kind: 'window' }>,
  name: string,
  rows: string,
): string {
  const column = view.columns[name];
  const value = column?.of === undefined ? '*' : `r.${quoteIdentifier(column.of)}`;
  if (column?.aggregate === 'sum') return `(select fsum(cast(${value} as double)) ${rows})`;
  if (column?.aggregate === 'mean') return `(select favg(cast(${value} as double)) ${rows})`;
  const named = view.entity.map((entity) => `s.${quoteIdentifier(entity)} is not null`).join(' and ');
  return `case when ${named} then (select count(${value}) ${rows}) end`;
}

function of(columns: Readonly<Record<string, { readonly of: string }>>, name: string): string {
  return columns[name]?.of ?? name;
}
