import { PgDatabase, PgDialect, type PgPreparedQuery, type PreparedQueryConfig } from 'drizzle-orm/pg-core';
import { PostgresJsSession } from 'drizzle-orm/postgres-js';
import type { Sql } from 'postgres';
import type { Session } from './client.js';

type AnyTables = Record<string, never>;

/** The driver asks for the types of a statement without a name first: each time, two round trips and a new plan. */
const anyName = 'kept';

/** Has the server keep every statement that it has parsed, for as long as the connection lives. */
class KeepingSession extends PostgresJsSession<Sql, AnyTables, AnyTables> {
  override prepareQuery<T extends PreparedQueryConfig>(
    ...[query, fields, name = anyName, ...rest]: Parameters<
      PostgresJsSession<Sql, AnyTables, AnyTables>['prepareQuery']
    >
  ): PgPreparedQuery<T> {
    return super.prepareQuery<T>(query, fields, name, ...rest);
  }
}

/** What statements are built on, over a pool or a transaction of it. `beforeStatement` may throw to hold one back. */
export function openSession(client: Sql, beforeStatement: () => void = () => undefined): Session {
  const dialect = new PgDialect({ casing: 'snake_case' });
  const session = new KeepingSession(client, dialect, undefined, { logger: { logQuery: beforeStatement } });
  return new PgDatabase(dialect, session, undefined);
}
