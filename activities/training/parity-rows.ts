import { quoteIdentifier, quoteText } from '../../domain/features/quote.js';
import type { TypedColumn } from '../../domain/lineage/typed-column.js';
import { withOwnDuckdb } from '../adapters/duckdb/index.js';

/** A category that no training data has. */
const unseenCategory = 'never seen in training';

/** How many rows of each special kind follow the validation rows. */
const specialRows = 50;

/**
 * Rows on which the trained model and its ONNX file must agree: every validation row, then rows whose text columns
 * hold a category that training never saw, then rows of nulls. Input columns only. Returns the number of rows.
 */
export async function writeParityRows(
  validation: string,
  inputs: readonly TypedColumn[],
  path: string,
): Promise<number> {
  const source = `read_parquet(${quoteText(validation)}, file_row_number = true)`;
  const plain = inputs.map(({ name }) => quoteIdentifier(name));
  const unseen = inputs.map(({ name, type }) =>
    isText(type) ? `${quoteText(unseenCategory)} as ${quoteIdentifier(name)}` : quoteIdentifier(name),
  );
  const nulls = inputs.map(({ name }) => `null as ${quoteIdentifier(name)}`);
  const some = `(select * from ${source} order by file_row_number limit ${specialRows})`;
  const sql = `
    copy (
      select ${plain.join(', ')} from (
        select ${plain.join(', ')}, 0 as part, file_row_number as place from ${source}
        union all select ${unseen.join(', ')}, 1, file_row_number from ${some}
        union all select ${nulls.join(', ')}, 2, file_row_number from ${some}
      ) order by part, place
    ) to ${quoteText(path)} (format parquet, compression zstd)`;
  const result = await withOwnDuckdb((connection) => connection.runAndReadAll(sql));
  return Number(result.getRows()[0]?.[0] ?? 0);
}

function isText(type: string): boolean {
  return type === 'string';
}
