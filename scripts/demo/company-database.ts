import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import postgres from 'postgres';

/** Any number: only one loads at a time. */
const lock = 20_130_331;

const tablesFor = (reader: string) => `
create table if not exists flights (
  year integer not null, month integer not null, day integer not null,
  dep_time integer, sched_dep_time integer not null, dep_delay integer,
  arr_time integer, sched_arr_time integer not null, arr_delay integer,
  carrier text not null, flight integer not null, tailnum text,
  origin text not null, dest text not null, air_time integer, distance integer not null,
  hour integer not null, minute integer not null, time_hour timestamptz not null
);
create table if not exists extracts (last_day date primary key);
grant select on flights to ${reader};
`;

/** A database that plays the company's, and a user of it who can only read. */
export interface CompanyDatabase {
  /** Address for the reader. */
  readonly readerUrl: string;
  /** Rows of the table `flights`. */
  readonly flights: number;
}

/**
 * Makes the database and loads all flights up to a day (in local time, included). Like a nightly extract that sends the
 * last two days again, each load leaves these days twice. What is loaded is not loaded again, so a later day adds to an
 * earlier one; an earlier day takes away what came after it.
 *
 * @param adminUrl address of a user who may create databases and roles
 * @param database name of letters, digits and underscores
 * @param upTo day as 2013-03-31
 */
export async function loadCompanyDatabase(
  adminUrl: string,
  database: string,
  flightsCsv: string,
  upTo: string,
): Promise<CompanyDatabase> {
  const reader = { name: `${database}_reader`, password: randomBytes(24).toString('hex') };
  await withClient(adminUrl, (sql) => ensureDatabase(sql, database, reader));
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  const flights = await withClient(url.href, (sql) => loadFlights(sql, reader.name, flightsCsv, upTo));
  url.username = reader.name;
  url.password = reader.password;
  return { readerUrl: url.href, flights };
}

async function withClient<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function ensureDatabase(
  sql: postgres.Sql,
  database: string,
  { name, password }: { readonly name: string; readonly password: string },
): Promise<void> {
  await sql`select pg_advisory_lock(${lock})`;
  const roles = await sql`select 1 from pg_roles where rolname = ${name}`;
  if (roles.length === 0) await sql.unsafe(`create role ${name}`);
  await sql.unsafe(`alter role ${name} login nosuperuser nocreatedb nocreaterole password '${password}'`);
  await sql.unsafe(`alter role ${name} set default_transaction_read_only = on`);
  const databases = await sql`select 1 from pg_database where datname = ${database}`;
  if (databases.length > 0) return;
  await sql.unsafe(`create database ${database}`);
  await sql.unsafe(`revoke all on database ${database} from public`);
  await sql.unsafe(`grant connect on database ${database} to ${name}`);
}

async function loadFlights(
  sql: postgres.Sql,
  reader: string,
  flightsCsv: string,
  upTo: string,
): Promise<number> {
  return sql.begin(async (transaction) => {
    await transaction`select pg_advisory_xact_lock(${lock})`;
    await transaction.unsafe(tablesFor(reader));
    // Of a demo before, which went on to a later day.
    const later = await transaction`delete from extracts where last_day > ${upTo} returning last_day`;
    if (later.length > 0) await transaction`truncate flights, extracts`;
    const [{ last } = { last: null }] = await transaction<{ last: string | null }[]>`
      select max(last_day)::text as last from extracts`;
    if (last === null || last < upTo) {
      await copyRows(transaction, linesBetween(await readFile(flightsCsv, 'utf8'), last, upTo));
      await transaction`insert into extracts (last_day) values (${upTo})`;
    }
    const [{ rows } = { rows: 0 }] = await transaction<
      { rows: number }[]
    >`select count(*)::int as rows from flights`;
    return rows;
  });
}

async function copyRows(sql: postgres.TransactionSql, lines: readonly string[]): Promise<void> {
  const target = await sql`copy flights from stdin with (format csv, null 'NA')`.writable();
  await pipeline(Readable.from([lines.join('\n'), '\n']), target);
}

/** Lines of the days after `from` up to `to`, and those of the last two days once more. */
function linesBetween(csv: string, from: string | null, to: string): string[] {
  const resent = new Date(Date.parse(to) - 24 * 3600 * 1000).toISOString().slice(0, 10);
  const fresh: string[] = [];
  const again: string[] = [];
  for (const line of csv.split('\n').slice(1)) {
    if (line === '') continue;
    const [year = '', month = '', day = ''] = line.split(',', 3);
    const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    if (date > to) continue;
    if (from === null || date > from) fresh.push(line);
    if (date >= resent) again.push(line);
  }
  return [...fresh, ...again];
}
