import type { FeatureViewConfig } from '../config/feature-view.js';
import { latestViewSql } from './latest-view.js';
import { lookupViewSql } from './lookup-view.js';
import type { ViewRelations } from './view-relations.js';
import { windowViewSql } from './window-view.js';

/** The SELECT that joins a view to the spine: `__row` and the features, one row for each row of the spine. */
export function viewSql(view: FeatureViewConfig, relations: ViewRelations): string {
  if (view.kind === 'window') return windowViewSql(view, relations);
  if (view.kind === 'latest') return latestViewSql(view, relations);
  return lookupViewSql(view, relations);
}
