import type { Columns } from '../../inference/codec/encode.js';
import type { Column } from '../adapters/duckdb/index.js';

/** Columns of a file as the model takes them. */
export function columnsOf(read: readonly Column[]): Columns {
  return Object.fromEntries(read.map(({ name, values }) => [name, values]));
}
