import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPostgresSource } from '../../../../activities/adapters/sources/postgres-source.js';
import { messageOf } from '../../../../domain/errors/ratchet-error.js';
import { quoteIdentifier } from '../../../../domain/features/quote.js';
import type { SqlSourceSpec } from '../../../../domain/ports/sources.js';
import { type FreshDatabase, freshDatabase } from '../../../setup/stack.js';

const role = `reader_${randomBytes(4).toString('hex')}`;
const password = `pw${randomBytes(8).toString('hex')}`;
let database: FreshDatabase;
let admin: postgres.Sql;
let address: string;
let folder: string;

const spec: SqlSourceSpec = {
  kind: 'postgres',
  connection: 'company',
  statementTimeoutMs: 20_000,
  maxRows: 1_000_000,
};
const source = (change: Partial<SqlSourceSpec> = {}, at = address) =>
  createPostgresSource({ ...spec, ...change }, { read: async () => at });
const csvOf = async (query: string) => {
  const path = join(folder, `${randomBytes(6).toString('hex')}.csv`);
  const result = await source().copyToCsv(query, path);
  return { ...result, text: readFileSync(path, 'utf8') };
};
const failure = async (work: Promise<unknown>): Promise<unknown> =>
  await work.then(
    () => expect.fail('it did not fail'),
    (error: unknown) => error,
  );

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'postgres source '));
  database = await freshDatabase('empty');
  admin = postgres(database.adminUrl, { max: 2, onnotice: (notice) => notice });
  await admin.unsafe(`
    create role ${role} login password '${password}';
    grant connect on database ${new URL(database.adminUrl).pathname.slice(1)} to ${role};
    grant usage on schema public to ${role};
    create table flights (id bigint primary key, at timestamptz, carrier text, delay double precision, day date, ok boolean);
    insert into flights select n, timestamptz '2013-01-01 00:00+00' + n * interval '1 hour', 'C' || n % 7, n / 3.0, date '2013-01-01', n % 2 = 0
      from generate_series(1, 1000) n;
    grant select on flights to ${role};
    create table secret_table (a int);
    create table writable (a int);
    insert into writable values (1);
    grant all on writable to ${role};
    create function wipe() returns void language sql security definer as 'delete from writable';
    create sequence numbers; grant all on sequence numbers to ${role};
  `);
  const url = new URL(database.adminUrl);
  url.username = role;
  url.password = password;
  address = url.href;
});
afterAll(async () => {
  await admin.unsafe(`drop owned by ${role}`);
  await admin.end();
  await database.drop();
  const cluster = postgres(database.adminUrl.replace(/\/[^/]*$/, '/postgres'), { max: 1 });
  await cluster.unsafe(`drop role ${role}`);
  await cluster.end();
  rmSync(folder, { recursive: true, force: true });
});

describe('copying rows', () => {
  it('writes a header, nulls as nothing, texts with their quotes, and names the types', async () => {
    const { text, rows, columns } = await csvOf(
      `select 1::bigint as id, null::text as nothing, '' as empty, E'a "b"\\nc,d' as odd, 'ü😀' as "Ünï code",
        timestamptz '2013-01-01 12:00+02' as at, 0.1::float8 as d, true as ok, '\\xff'::bytea as raw, 1.50::numeric as n`,
    );
    expect(text).toBe(
      'id,nothing,empty,odd,Ünï code,at,d,ok,raw,n\n1,,"","a ""b""\nc,d",ü😀,2013-01-01 10:00:00+00,0.1,t,\\xff,1.50\n',
    );
    expect(rows).toBe(1);
    expect(columns.map(({ type }) => type)).toEqual([
      'bigint',
      'text',
      'text',
      'text',
      'text',
      'timestamp with time zone',
      'double precision',
      'boolean',
      'bytea',
      'numeric',
    ]);
  });

  it('gives a header alone for no rows', async () => {
    expect(await csvOf('select * from flights where false')).toMatchObject({
      rows: 0,
      text: 'id,at,carrier,delay,day,ok\n',
    });
  });

  it('streams many rows', async () => {
    const path = join(folder, 'many.csv');
    const query = "select n, repeat('x', 40) || chr(10) || '\"' as t from generate_series(1, 400000) n";
    expect((await source().copyToCsv(query, path)).rows).toBe(400_000);
    expect(statSync(path).size).toBeGreaterThan(20_000_000);
  });

  it('keeps to the cap of rows, and leaves no file behind', async () => {
    const path = join(folder, 'capped.csv');
    expect((await source({ maxRows: 1000 }).copyToCsv('select * from flights', path)).rows).toBe(1000);
    const capped = source({ maxRows: 999 });
    expect(await failure(capped.copyToCsv('select * from flights', path))).toMatchObject({
      code: 'SOURCE_TOO_LARGE',
    });
    expect(existsSync(path)).toBe(false);
    expect(await failure(capped.fingerprint('select * from flights'))).toMatchObject({
      code: 'SOURCE_TOO_LARGE',
    });
  });

  it('reports an error in the middle of the rows, and leaves no file behind', async () => {
    const path = join(folder, 'broken.csv');
    const query = 'select 1 / (200000 - n) as a from generate_series(1, 400000) n';
    const error = await failure(source().copyToCsv(query, path));
    expect(error).toMatchObject({ code: 'SOURCE_REFUSED', details: { sqlState: '22012' } });
    expect(messageOf(error)).toMatch(/division by zero/);
    expect(existsSync(path)).toBe(false);
  });

  it('does not write where it may not, and says so', async () => {
    const error = await failure(source().copyToCsv('select 1', join(folder, 'none', 'a.csv')));
    expect(error).toMatchObject({ code: 'ENOENT' });
  });

  it('refuses columns of one name, and no columns', async () => {
    expect(messageOf(await failure(csvOf('select 1 as a, 2 as a')))).toMatch(/two columns "a"/);
    expect(messageOf(await failure(csvOf('select from flights')))).toMatch(/no columns/);
  });

  it('reads any column and table name that Postgres takes', async () => {
    const name = fc
      .string({
        unit: fc.constantFrom(
          '"',
          "'",
          ';',
          '-',
          '/',
          '*',
          '$',
          '\\',
          ' ',
          '(',
          ')',
          '\n',
          'ü',
          '😀',
          'a',
          '%',
          '{',
        ),
        minLength: 1,
        maxLength: 12,
      })
      .filter((text) => text.trim() !== '');
    await fc.assert(
      fc.asyncProperty(name, name, async (table, column) => {
        const [t, c] = [quoteIdentifier(table), quoteIdentifier(column)];
        await admin.unsafe(
          `create table ${t} (${c} text); insert into ${t} values ('v'); grant select on ${t} to ${role}`,
        );
        try {
          const { columns, rows } = await csvOf(`select ${c} from ${t}`);
          expect({ columns, rows }).toEqual({ columns: [{ name: column, type: 'text' }], rows: 1 });
          expect((await source().fingerprint(`select ${c} from ${t}`)).rows).toBe(1);
        } finally {
          await admin.unsafe(`drop table ${t}`);
        }
      }),
      { numRuns: 25 },
    );
  });
});

describe('the fingerprint', () => {
  const of = async (query: string) => (await source().fingerprint(query)).digest;

  it('does not depend on the order of the rows', async () => {
    const one = await source().fingerprint('select * from flights order by id');
    expect(one).toEqual(await source().fingerprint('select * from flights order by delay desc;'));
    expect(one).toMatchObject({ rows: 1000, digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it('does not depend on settings of the user', async () => {
    const query = "select at, interval '1 day' as i, 0.1::float4 as f, '\\x00'::bytea as b from flights";
    const before = [await of(query), (await csvOf(query)).text];
    await admin.unsafe(`alter role ${role} set timezone = 'Asia/Tokyo'; alter role ${role} set datestyle = 'German';
      alter role ${role} set intervalstyle = 'postgres_verbose'; alter role ${role} set bytea_output = 'escape'; alter role ${role} set extra_float_digits = 0`);
    const after = [await of(query), (await csvOf(query)).text];
    await admin.unsafe(`alter role ${role} reset all`);
    expect(after).toEqual(before);
  });

  it.each([
    ["values ('a'), ('b')", "values ('a'), ('c')"],
    ["values ('a'), ('a'), ('b')", "values ('a'), ('b'), ('b')"],
    ["values ('a')", "values ('a'), ('a')"],
    ["values ('')", 'values (null::text)'],
    ["values ('a,b')", "values ('a'), ('b')"],
    ["values ('1')", 'values (1)'],
  ])('tells %s from %s', async (one, other) => {
    expect(await of(`select * from (${one}) v(x)`)).not.toBe(await of(`select * from (${other}) v(x)`));
  });

  it('of no rows has a value, and depends on the columns', async () => {
    expect((await source().fingerprint('select 1 as a where false')).rows).toBe(0);
    expect(await of('select 1 as a where false')).not.toBe(await of('select 1 as b where false'));
  });
});

describe('a query that is not a plain read', () => {
  it.each([
    ['select 1; drop table writable', /more than one statement/],
    ['delete from writable', /begins with "delete"/],
    ['with gone as (delete from writable returning *) select * from gone', /at the top level|read-only/],
    ['select 1) as a; delete from writable; select * from (select 1', /more than one|parenthesis/],
    ['select * into stolen from flights', /INTO|syntax/i],
    ["select nextval('numbers')", /read-only transaction/],
    ["select setval('numbers', 7)", /read-only transaction/],
    ["select pg_read_file('/etc/passwd')", /permission denied/],
    ["select pg_ls_dir('/')", /permission denied/],
    ["select lo_import('/etc/passwd')", /permission denied|read-only/],
    ["select set_config('transaction_read_only', 'off', true)", /read-write mode|read-only/],
    ['select * from secret_table', /permission denied for table secret_table/],
    ['select * from writable for update', /read-only transaction|FOR UPDATE/],
    ['select * from nowhere', /relation "nowhere" does not exist/],
    ['select * from', /syntax error/],
    ["select query_to_xml('delete from writable', true, true, '')", /non-volatile|read-only transaction/],
    ['select wipe()', /DELETE in a read-only transaction/],
  ])('%s is refused', async (query, reason) => {
    const path = join(folder, 'refused.csv');
    for (const read of [() => source().copyToCsv(query, path), () => source().fingerprint(query)]) {
      const error = await failure(read());
      expect(error).toMatchObject({ code: 'SOURCE_REFUSED' });
      expect(messageOf(error)).toMatch(reason);
    }
    expect(existsSync(path)).toBe(false);
    expect((await admin`select * from writable`).length).toBe(1);
  });

  // Servers before version 16 run it, in a transaction that is never committed.
  it('leaves no large object behind', async () => {
    await Promise.allSettled([source().fingerprint('select lo_create(0)'), csvOf('select lo_create(0)')]);
    expect(await admin`select oid from pg_largeobject_metadata`).toEqual([]);
  });

  it.each([
    'select pg_sleep(30)',
    "select set_config('statement_timeout', '0', true), pg_sleep(30)",
    'select count(*) from generate_series(1, 100000000) a, generate_series(1, 100000000) b',
  ])('%s is ended after its time', async (query) => {
    const began = Date.now();
    const error = await failure(source({ statementTimeoutMs: 400 }).fingerprint(query));
    expect(messageOf(error)).toBe('the query ran longer than the 0.4 s that the source allows');
    expect(error).toMatchObject({ code: 'SOURCE_REFUSED' });
    expect(Date.now() - began).toBeLessThan(15_000);
  });
});

describe('a source that does not answer', () => {
  const withUrl = (change: (url: URL) => void) => {
    const url = new URL(address);
    change(url);
    return url.href;
  };

  it.each([
    ['the port is closed', 'SOURCE_UNREACHABLE', () => withUrl((url) => (url.port = '9'))],
    ['the password is wrong', 'SOURCE_REFUSED', () => withUrl((url) => (url.password = 'wr0ng-password'))],
    ['the database is missing', 'SOURCE_REFUSED', () => withUrl((url) => (url.pathname = '/nowhere'))],
    ['the secret holds something else', 'SOURCE_REFUSED', () => 'mysql://me:hunter2@127.0.0.1/db'],
    ['the secret holds a broken address', 'SOURCE_REFUSED', () => 'postgres://me:hunter2@[/db'],
  ])('names the cause and no secret when %s', async (_, code, at) => {
    const error = await failure(source({}, at()).fingerprint('select 1'));
    expect(error).toMatchObject({ code });
    const text = messageOf(error) + JSON.stringify(error);
    for (const hidden of [password, 'wr0ng-password', 'hunter2', '127.0.0.1'])
      expect(text).not.toContain(hidden);
  });

  it('refuses to sign in as a superuser', async () => {
    const error = await failure(source({}, database.adminUrl).fingerprint('select 1'));
    expect(error).toMatchObject({ code: 'SOURCE_REFUSED' });
    expect(messageOf(error)).toMatch(/superuser/);
  });

  it('asks for a retry when the server ends the connection', async () => {
    const work = failure(source().copyToCsv('select pg_sleep(20)', join(folder, 'ended.csv')));
    const end = async () =>
      await admin`select pg_terminate_backend(pid) from pg_stat_activity where usename = ${role} and query like '%pg_sleep(20)%'`;
    while ((await end()).length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await work).toMatchObject({ code: 'SOURCE_UNREACHABLE', entry: { retry: true } });
  });

  it('leaves no connection open', async () => {
    await source().fingerprint('select 1 as a');
    const open = async () => (await admin`select 1 from pg_stat_activity where usename = ${role}`).length;
    await expect.poll(open).toBe(0);
  });
});
