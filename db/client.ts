import { sql } from 'drizzle-orm';
import type { PgDatabase } from 'drizzle-orm/pg-core';
import { drizzle, type PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js';
import postgres, { type Sql } from 'postgres';
import { currentActor } from './acting.js';
import { databaseFailure, isLostConnection } from './connection-failures.js';
import { openSession } from './open-session.js';
import { inTransaction } from './transaction.js';

/** What statements are built on: the pool, or one transaction of it. */
export type Session = PgDatabase<PostgresJsQueryResultHKT>;

/** Statements that change nothing, and need not say who acts. */
export type ReadSession = Pick<Session, 'select' | 'selectDistinct' | 'selectDistinctOn'>;

export interface ConnectOptions {
  /** Connections this process holds at most. */
  readonly poolSize: number;
  /** Shown by the server beside its connections. */
  readonly application: string;
}

/** How busy a pool is. More calls than connections: some of them wait. */
export interface DatabaseLoad {
  /** Queries and transactions in progress, those that wait included. */
  readonly calls: number;
  readonly poolSize: number;
}

/** A pool of connections. Errors of every call: `PART_UNAVAILABLE`; what the server refuses stays as it came. */
export interface Database {
  query<T>(work: (session: ReadSession) => Promise<T>): Promise<T>;
  /**
   * Work of one statement that changes something. It is a statement by itself where the program acts; under an actor's
   * name (`actingAs`) it is a transaction.
   */
  write<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /** All of the work or none of it. The work waits for nothing but its statements. */
  transaction<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /** Whether the server answers. */
  ping(): Promise<void>;
  load(): DatabaseLoad;
  /** Lets running statements end, at most five seconds. */
  close(): Promise<void>;
}

const closeSeconds = 5;
/** What else a pool was doing when it lost a connection; most of that was lost with it. */
const retireSeconds = 1;
const longestStatementMs = 60_000;

/** Connects when first used. */
export function connect(url: string, options: ConnectOptions): Database {
  const open = (): Pool => {
    const client = openClient(url, options);
    // For what it does to the client: times and JSON are read and written as the query builder expects them.
    drizzle(client);
    return { client, session: openSession(client) };
  };
  const closing = new Set<Promise<void>>();
  let pool = open();
  let calls = 0;

  /** A pool that lost a connection is not used again: the driver may keep one that never answers. */
  async function use<T>(work: (pool: Pool) => Promise<T>): Promise<T> {
    const used = pool;
    calls += 1;
    try {
      return await work(used);
    } catch (error) {
      if (used === pool && isLostConnection(error)) {
        pool = open();
        const ended = used.client.end({ timeout: retireSeconds }).finally(() => closing.delete(ended));
        closing.add(ended);
      }
      throw databaseFailure(error);
    } finally {
      calls -= 1;
    }
  }

  const transaction: Database['transaction'] = (work) =>
    use(({ client }) => inTransaction(client, currentActor(), work));
  return {
    query: (work) => use(({ session }) => work(session)),
    write: (work) => (currentActor() === undefined ? use(({ session }) => work(session)) : transaction(work)),
    transaction,
    async ping() {
      await use(async ({ session }) => session.execute(sql`select 1`));
    },
    load: () => ({ calls, poolSize: options.poolSize }),
    async close() {
      await Promise.all([...closing, pool.client.end({ timeout: closeSeconds })]);
    },
  };
}

interface Pool {
  readonly client: Sql;
  readonly session: Session;
}

/** A server that was away is not waited for after it is back, as the twenty seconds of the driver would. */
const reconnectS = (retries: number) => (0.5 + Math.random() / 2) * Math.min(0.05 * 2 ** retries, 1);

function openClient(url: string, { poolSize, application }: ConnectOptions): Sql {
  return postgres(url, {
    max: poolSize,
    connect_timeout: 10,
    backoff: reconnectS,
    onnotice: () => undefined,
    connection: {
      application_name: application,
      statement_timeout: longestStatementMs,
      idle_in_transaction_session_timeout: longestStatementMs,
      // A kept statement is planned for its values: what is best for a rare model is not for a common one.
      plan_cache_mode: 'force_custom_plan',
    },
  });
}
