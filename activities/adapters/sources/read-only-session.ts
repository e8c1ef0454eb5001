import postgres from 'postgres';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { SqlSourceSpec } from '../../../domain/ports/sources.js';
import { postgresFailure, tooLong } from './postgres-failure.js';

export type Session = postgres.ReservedSql;

/** How much longer than its statements a session may take. */
const slackMs = 10_000;

/**
 * Runs `work` in one read-only transaction with one view of the data, on a connection of its own that is closed
 * afterwards. Settings that decide how values are written as text are fixed, so that text of equal rows is equal.
 *
 * Errors: `SOURCE_UNREACHABLE`, `SOURCE_REFUSED`; never with the address or the password.
 */
export async function inReadOnlySession<T>(
  address: string,
  spec: SqlSourceSpec,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const sql = connect(address, spec);
  const { pass, host } = sql.options;
  const hidden = [address, ...(typeof pass === 'string' ? [pass] : []), ...host];
  let late = false;
  // A query may change the server's own time limit for what comes after it; this one it cannot reach.
  const timer = setTimeout(() => {
    late = true;
    void sql.end({ timeout: 0 });
  }, spec.statementTimeoutMs + slackMs);
  try {
    // Also opens the connection: postgres.js never answers a reserve that comes before the first query.
    await refuseSuperuser(sql, spec);
    const session = await sql.reserve();
    await session.unsafe(beginText(spec)).simple();
    return await work(session);
  } catch (error) {
    throw late ? tooLong(spec) : postgresFailure(error, spec, hidden);
  } finally {
    clearTimeout(timer);
    await sql.end({ timeout: 0 });
  }
}

function connect(address: string, spec: SqlSourceSpec): postgres.Sql {
  const wrong = () => {
    const text = `the secret "${spec.connection}" does not hold an address like postgres://user:password@host:5432/database`;
    return new RatchetError('SOURCE_REFUSED', text);
  };
  if (!/^postgres(?:ql)?:\/\//.test(address)) throw wrong();
  try {
    return postgres(address, {
      max: 1,
      prepare: false,
      fetch_types: false,
      connect_timeout: 10,
      max_lifetime: null,
      idle_timeout: 0,
      onnotice: (notice) => notice,
      connection: { application_name: 'ratchet source' },
    });
  } catch {
    // The driver's own error quotes the address.
    throw wrong();
  }
}

const beginText = ({ statementTimeoutMs }: SqlSourceSpec) => `
  begin transaction isolation level repeatable read read only;
  set local statement_timeout = ${Math.trunc(statementTimeoutMs)};
  set local standard_conforming_strings = on;
  set local timezone = 'UTC';
  set local datestyle = 'ISO, YMD';
  set local intervalstyle = 'iso_8601';
  set local bytea_output = 'hex';
  set local extra_float_digits = 1;
`;

/** A superuser reads the server's files, whatever the transaction allows. */
async function refuseSuperuser(sql: postgres.Sql, spec: SqlSourceSpec): Promise<void> {
  const [row] = await sql<{ superuser: string }[]>`select current_setting('is_superuser') as superuser`;
  if (row?.superuser !== 'on') return;
  const text = `the source behind secret://${spec.connection} signs in as a superuser; give it a user that may only read`;
  throw new RatchetError('SOURCE_REFUSED', text);
}
