import type { FeatureViewConfig } from '../config/feature-view.js';
import { intervalSql } from './duration.js';
import { entityColumns, entityKnown, entityList, sameEntity } from './entity-join.js';
import { quoteIdentifier } from './quote.js';
import { positionColumn } from './relations.js';
import type { ViewRelations } from './view-relations.js';

type LatestView = Extract<FeatureViewConfig, { kind: 'latest' }>;

/**
 * The last row known at the prediction time, by an ASOF join; null where it is older than the time to live. Among rows
 * of one entity and instant the one with the largest values counts, in the order of the view's columns. Every row of
 * the spine comes back once.
 */
export function latestViewSql(view: LatestView, { spine, source, predictAt }: ViewRelations): string {
  if (predictAt === undefined)
    throw new TypeError(`feature view ${view.name} has a time but no prediction time`);
  const at = quoteIdentifier(predictAt);
  const known = quoteIdentifier(view.knownAt);
  const columns = Object.entries(view.columns);
  const values = columns.map(([, { of }], index) => `${quoteIdentifier(of)} as v${index}`);
  const alive = view.ttl === undefined ? undefined : `s.${at} - ${intervalSql(view.ttl)}`;
  const features = columns.map(
    ([name], index) =>
      `${alive === undefined ? `k.v${index}` : `case when k.t > ${alive} then k.v${index} end`} as ${quoteIdentifier(name)}`,
  );
  const order = columns.map((_, index) => `v${index} desc nulls last`).join(', ');
  return `with known as (
  select ${entityColumns(view.entity)}, ${known} as t, ${values.join(', ')}
  from ${source}
  where ${entityKnown(view.entity)} and ${known} <= (select max(${at}) from ${spine})
  qualify row_number() over (partition by ${entityList(view.entity)}, t order by ${order}) = 1
)
select s.${positionColumn}, ${features.join(', ')}
from ${spine} s
asof left join known k on ${sameEntity(view.entity, 'k')} and k.t <= s.${at}`;
}
