import { sql } from 'drizzle-orm';
import type { BlobNames } from '../domain/ports/blobs.js';
import type { Database } from './client.js';

/**
 * Every object by digest that a row names, in whatever column of JSON. The columns are asked of the server, so that
 * those of tables to come count too; one that may not be read is an error, and then nothing is deleted. What lies in
 * partitions are the rows of clients, by day: they name no object, and are far too many to be searched.
 */
export function createBlobNames(database: Database): BlobNames {
  return {
    async namedByRows() {
      const columns = await database.query((session) =>
        session
          .select({ table: sql<string>`c.relname`, column: sql<string>`a.attname` })
          .from(sql`
          pg_attribute a join pg_class c on c.oid = a.attrelid join pg_type t on t.oid = a.atttypid`)
          .where(sql`
          c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and not c.relispartition and a.attnum > 0
            and not a.attisdropped and t.typname in ('json', 'jsonb')`),
      );
      const named = new Set<string>();
      for (const { table, column } of columns) {
        const value = sql`${sql.identifier(column)}::text`;
        const rows = await database.query((session) =>
          session
            .selectDistinct({ sha256: sql<string>`found[1]` })
            .from(sql`${sql.identifier(table)}, regexp_matches(${value}, 'blobs/([0-9a-f]{64})', 'g') found`)
            .where(sql`${value} like '%blobs/%'`),
        );
        for (const { sha256 } of rows) named.add(sha256);
      }
      return named;
    },
  };
}
