import type { FeatureViewConfig } from '../config/feature-view.js';
import type { ShapedColumn } from './column-shape.js';

/** The features of a view with their types; `source` are the columns of its `select`. */
export function featureColumns(view: FeatureViewConfig, source: readonly ShapedColumn[]): ShapedColumn[] {
  if (view.kind === 'window')
    return Object.entries(view.columns).map(([name, { aggregate }]) => ({
      name,
      type: aggregate === 'count' ? 'integer' : 'double',
    }));
  return Object.entries(view.columns).map(([name, { of }]) => ({
    name,
    type: source.find((column) => column.name.toLowerCase() === of.toLowerCase())?.type ?? 'string',
  }));
}
