import type { FeatureViewConfig } from '../config/feature-view.js';
import { intervalSql } from './duration.js';
import { entityColumns, entityKnown, entityList, sameEntity } from './entity-join.js';
import { quoteIdentifier } from './quote.js';
import { positionColumn } from './relations.js';
import type { ViewRelations } from './view-relations.js';

type WindowView = Extract<FeatureViewConfig, { kind: 'window' }>;
type Aggregate = WindowView['columns'][string];

/**
 * Sums are kept as whole multiples of 2^-60 in 128 bits. Additions are then exact, in any order: the difference of two
 * running totals equals the sum of the window itself. A value is rounded by at most 2^-61; totals reach 1.4e20, and a
 * larger one is an error.
 */
const unit = '1152921504606846976';
const exactSql = (column: string) => `cast(cast(${column} as double) * ${unit} as hugeint)`;
const doubleSql = (total: string) => `cast(${total} as double) / ${unit}`;

/**
 * Aggregates over (prediction time - window, prediction time]: the running total at the prediction time less the one at
 * the window's start, each found by an ASOF join. The totals use the default RANGE frame, so rows known at one instant
 * share one total. Every row of the spine comes back once. Mean and sum of no value are null, a count of none is 0;
 * without an entity all are null.
 */
export function windowViewSql(view: WindowView, { spine, source, predictAt }: ViewRelations): string {
  if (predictAt === undefined)
    throw new TypeError(`feature view ${view.name} has a window but no prediction time`);
  const columns = Object.entries(view.columns);
  const known = quoteIdentifier(view.knownAt);
  const at = quoteIdentifier(predictAt);
  const totals = columns.flatMap(([, aggregate], index) => totalsSql(aggregate, index));
  const first = `(select min(${at}) from ${spine}) - ${intervalSql(view.window)}`;
  const features = columns.map(
    ([name, aggregate], index) => `${featureSql(aggregate, index, view.entity)} as ${quoteIdentifier(name)}`,
  );
  return `with totals as materialized (
  select ${entityColumns(view.entity)}, ${known} as t, ${totals.join(', ')}
  from ${source}
  where ${entityKnown(view.entity)} and ${known} > ${first} and ${known} <= (select max(${at}) from ${spine})
  window w as (partition by ${entityList(view.entity)} order by t)
)
select s.${positionColumn}, ${features.join(', ')}
from ${spine} s
asof left join totals upto on ${sameEntity(view.entity, 'upto')} and upto.t <= s.${at}
asof left join totals before on ${sameEntity(view.entity, 'before')} and before.t <= s.${at} - ${intervalSql(view.window)}`;
}

function totalsSql(aggregate: Aggregate, index: number): string[] {
  const count = `count(${aggregate.of === undefined ? '*' : quoteIdentifier(aggregate.of)}) over w as n${index}`;
  if (aggregate.aggregate === 'count' || aggregate.of === undefined) return [count];
  return [count, `sum(${exactSql(quoteIdentifier(aggregate.of))}) over w as s${index}`];
}

function featureSql(aggregate: Aggregate, index: number, entity: readonly string[]): string {
  const count = `coalesce(upto.n${index}, 0) - coalesce(before.n${index}, 0)`;
  const named = entity.map((name) => `s.${quoteIdentifier(name)} is not null`).join(' and ');
  if (aggregate.aggregate === 'count') return `case when ${named} then ${count} end`;
  const sum = doubleSql(`(upto.s${index} - coalesce(before.s${index}, 0))`);
  const value = aggregate.aggregate === 'mean' ? `${sum} / (${count})` : sum;
  return `case when ${count} > 0 then ${value} end`;
}
