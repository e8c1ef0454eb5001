import type { FeatureViewConfig } from '../config/feature-view.js';
import type { ColumnType } from '../config/fields.js';

/** A column that must be there, with what it is for, and the types it may have. */
export interface ColumnNeed {
  readonly column: string;
  /** As it reads in `no column "x" (<use>)`. */
  readonly use: string;
  readonly types?: readonly ColumnType[];
  /** A column of another relation that must have the same type. */
  readonly sameTypeAs?: { readonly relation: string; readonly column: string };
}

const numbers: readonly ColumnType[] = ['integer', 'double', 'boolean'];

/** What a view asks of its `select`, given the relation that holds the examples. */
export function viewNeeds(view: FeatureViewConfig, examples: string): readonly ColumnNeed[] {
  const entity = view.entity.map((column) => ({
    column,
    use: 'an entity column',
    sameTypeAs: { relation: examples, column },
  }));
  const known =
    view.kind === 'lookup'
      ? []
      : [{ column: view.knownAt, use: 'knownAt', types: ['timestamp'] satisfies ColumnType[] }];
  return [...entity, ...known, ...valueNeeds(view)];
}

function valueNeeds(view: FeatureViewConfig): readonly ColumnNeed[] {
  if (view.kind !== 'window')
    return Object.entries(view.columns).map(([name, { of }]) => ({ column: of, use: `of feature ${name}` }));
  return Object.entries(view.columns).flatMap(([name, { of, aggregate }]) => {
    if (of === undefined) return [];
    return [{ column: of, use: `of feature ${name}`, ...(aggregate === 'count' ? {} : { types: numbers }) }];
  });
}
