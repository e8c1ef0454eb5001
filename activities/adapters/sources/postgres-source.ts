import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { Secrets } from '../../../domain/ports/secrets.js';
import type { SqlSource, SqlSourceSpec } from '../../../domain/ports/sources.js';
import { checkSelect } from './check-select.js';
import { copyStream } from './copy-stream.js';
import { CsvRowCounter } from './count-csv-rows.js';
import { countNewRows } from './new-rows.js';
import { inReadOnlySession, type Session } from './read-only-session.js';

interface Column {
  readonly name: string;
  readonly type: string;
}

/** A PostgreSQL database, from version 11. */
export function createPostgresSource(spec: SqlSourceSpec, secrets: Secrets): SqlSource {
  const open = async <T>(work: (session: Session) => Promise<T>): Promise<T> =>
    await inReadOnlySession(await secrets.read(spec.connection), spec, work);
  return {
    async fingerprint(query) {
      const rows = limited(query, spec);
      return await open(async (session) => {
        const columns = await describeColumns(session, rows);
        const [sums] = await session.unsafe<{ count: string; first: string; second: string }[]>(
          sumText(rows),
        );
        const count = checkedCount(Number(sums?.count), spec);
        const text = JSON.stringify([columns, count, sums?.first, sums?.second]);
        return { rows: count, digest: createHash('sha256').update(text).digest('hex') };
      });
    },
    newRows: (query, range) => open((session) => countNewRows(session, query, range)),
    async copyToCsv(query, path) {
      const rows = limited(query, spec);
      try {
        return await open(async (session) => {
          const columns = await describeColumns(session, rows);
          const stream = await copyStream(session, `copy (${rows}) to stdout (format csv, header true)`);
          const counter = new CsvRowCounter();
          await pipeline(stream, counter, createWriteStream(path));
          return { rows: checkedCount(counter.records - 1, spec), columns };
        });
      } catch (error) {
        await rm(path, { force: true });
        throw error;
      }
    },
  };
}

/** The query as a sub-select. One row more than allowed is asked for, to see that there are too many. */
function limited(query: string, { maxRows }: SqlSourceSpec): string {
  return `select * from (\n${checkSelect(query)}\n) as ratchet_rows limit ${Math.trunc(maxRows) + 1}`;
}

/** Two sums of 64-bit hashes over the text of every row: the order does not count, and how often a row is there does. */
const sumText = (rows: string) => `
  select count(*)::text as count, coalesce(sum(hashtextextended(line, 0)::numeric), 0)::text as first,
    coalesce(sum(hashtextextended(line, 7046029254386353131)::numeric), 0)::text as second
  from (select (ratchet_row::text) collate "C" as line from (${rows}) as ratchet_row) as lines`;

function checkedCount(rows: number, { maxRows }: SqlSourceSpec): number {
  if (rows <= maxRows) return rows;
  throw new RatchetError(
    'SOURCE_TOO_LARGE',
    `the query gives more than the ${maxRows} rows that are allowed`,
    {
      maxRows,
    },
  );
}

/** Names and types of the result, from the server's own reading of the statement, which it does not run for this. */
async function describeColumns(session: Session, rows: string): Promise<readonly Column[]> {
  const { columns } = await session.unsafe(rows).describe();
  const names = columns.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw new RatchetError('SOURCE_REFUSED', `the query gives two columns "${twice}"`);
  if (names.length === 0) throw new RatchetError('SOURCE_REFUSED', 'the query gives no columns');
  const ids = [...new Set(columns.map(({ type }) => Math.trunc(type)))].join(', ');
  const types = await session.unsafe<{ oid: string; name: string }[]>(
    `select oid::text as oid, format_type(oid, null) as name from pg_catalog.pg_type where oid in (${ids})`,
  );
  const typeNames = new Map(types.map(({ oid, name }) => [Number(oid), name]));
  return columns.map(({ name, type }) => ({ name, type: typeNames.get(type) ?? 'unknown' }));
}
