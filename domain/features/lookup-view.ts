import type { FeatureViewConfig } from '../config/feature-view.js';
import { entityColumns, entityKnown, sameEntity } from './entity-join.js';
import { quoteIdentifier, quoteIdentifiers } from './quote.js';
import { positionColumn } from './relations.js';
import type { ViewRelations } from './view-relations.js';

type LookupView = Extract<FeatureViewConfig, { kind: 'lookup' }>;

/** The entity's one row. The source must have been checked with `lookupDuplicatesSql`: a second row would double examples. */
export function lookupViewSql(
  view: LookupView,
  { spine, source }: Pick<ViewRelations, 'spine' | 'source'>,
): string {
  const columns = Object.entries(view.columns);
  const values = columns.map(([, { of }], index) => `${quoteIdentifier(of)} as v${index}`);
  const features = columns.map(([name], index) => `k.v${index} as ${quoteIdentifier(name)}`);
  return `select s.${positionColumn}, ${features.join(', ')}
from ${spine} s
left join (select ${entityColumns(view.entity)}, ${values.join(', ')} from ${source}
  where ${entityKnown(view.entity)}) k on ${sameEntity(view.entity, 'k')}`;
}

/** Entities with more than one row, at most three. */
export function lookupDuplicatesSql(view: LookupView, source: string): string {
  const names = quoteIdentifiers(view.entity);
  return `select concat_ws('/', ${names}) as entity, count(*) as rows from ${source}
where ${entityKnown(view.entity)} group by ${names} having count(*) > 1 order by ${names} limit 3`;
}
