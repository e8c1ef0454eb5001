import { z } from 'zod';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { NewRows } from '../../../domain/ports/sources.js';
import { checkSelect } from './check-select.js';
import type { Session } from './read-only-session.js';

const allowed = 'a select that uses $1 and $2 and gives one row of "watermark" and "rows"';

const answer = z.object({
  watermark: z.string().min(1).max(1024).nullable(),
  rows: z.string().regex(/^\d{1,15}$/),
});

/** See `SqlSource.newRows`. Values are bound, never put into the text. Error: `SOURCE_REFUSED`. */
export async function countNewRows(
  session: Session,
  query: string,
  { from, to }: { readonly from: string | null; readonly to: string | null },
): Promise<NewRows> {
  const select = checkSelect(query);
  for (const name of ['$1', '$2'])
    if (!select.includes(name))
      throw new RatchetError('SOURCE_REFUSED', `the query does not use ${name}; allowed is ${allowed}`);
  const text = `select watermark::text as watermark, rows::bigint::text as rows from (\n${select}\n) as ratchet_rows limit 2`;
  const found = await session.unsafe(text, [from, to]);
  const [row] = found;
  if (row === undefined || found.length > 1)
    throw new RatchetError(
      'SOURCE_REFUSED',
      `the query gives ${found.length === 0 ? 'no row' : 'more than one row'}; allowed is ${allowed}`,
    );
  const read = answer.safeParse(row);
  if (!read.success)
    throw new RatchetError(
      'SOURCE_REFUSED',
      `the query gives ${JSON.stringify(row).slice(0, 200)}; allowed is ${allowed}`,
    );
  const rows = Number(read.data.rows);
  if (rows > 0 && read.data.watermark === null)
    throw new RatchetError(
      'SOURCE_REFUSED',
      `the query counts ${rows} rows and gives no watermark; allowed is ${allowed}`,
    );
  return { watermark: read.data.watermark, rows };
}
