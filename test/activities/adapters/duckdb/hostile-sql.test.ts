import { readdir, writeFile } from 'node:fs/promises';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import {
  checkExpression,
  checkSelect,
  unstableFunctions,
} from '../../../../activities/adapters/duckdb/check-select.js';
import type { JobStep } from '../../../../activities/adapters/duckdb/index.js';
import { lockDownSql } from '../../../../activities/adapters/duckdb/lock-down.js';
import { jobFolder } from './job-folder.js';

const opening: JobStep = {
  do: 'run',
  sql: 'create schema ratchet; create table t as select 1 as a; create table ratchet.secret as select 2 as b',
};
const select = (sql: string): JobStep => ({
  do: 'view',
  view: 'ratchet.v',
  sql,
  file: 'features/x.yaml',
  tables: ['t'],
});
const expression = (sql: string): JobStep => ({ do: 'expression', sql, file: 'tables/x.yaml' });

/** What a SELECT from a repository must not do, and the words it is refused with. */
const refused: readonly (readonly [string, RegExp])[] = [
  ['create table x as select 1', /only a SELECT/],
  ['insert into t values (2)', /only a SELECT/],
  ['update t set a = 2', /only a SELECT/],
  ['delete from t', /only a SELECT/],
  ['drop table t', /only a SELECT/],
  [`copy t to '/tmp/out.csv'`, /only a SELECT/],
  [`attach '/tmp/other.duckdb'`, /only a SELECT/],
  ['install httpfs', /only a SELECT/],
  ['load httpfs', /only a SELECT/],
  ['set threads = 8', /only a SELECT/],
  ['pragma database_list', /only a SELECT/],
  ['call pragma_version()', /only a SELECT/],
  [`export database '/tmp/x'`, /only a SELECT/],
  ['explain select 1', /SELECT/],
  ['select 1; drop table t', /SELECT/],
  ['select 1; select 2', /one SELECT is allowed, 2 statements came/],
  ['', /one SELECT is allowed, 0 statements came/],
  ['-- nothing', /one SELECT is allowed, 0 statements came/],
  [`select * from '/etc/passwd'`, /the table \/etc\/passwd is not declared; declared are t/],
  [`select * from read_csv('/etc/passwd')`, /table function read_csv is not allowed/],
  [`select * from sniff_csv('/etc/passwd')`, /table function sniff_csv is not allowed/],
  [`select * from read_text('/proc/self/environ')`, /table function read_text is not allowed/],
  [`select * from read_blob('/etc/passwd')`, /table function read_blob is not allowed/],
  [`select * from glob('/etc/*')`, /table function glob is not allowed/],
  [`select * from read_parquet('../../x.parquet')`, /table function read_parquet is not allowed/],
  [`select * from query('select 1')`, /table function query is not allowed/],
  [`select * from query_table('ratchet.secret')`, /table function query_table is not allowed/],
  ['select * from duckdb_settings()', /table function duckdb_settings is not allowed/],
  ['select * from ratchet.secret', /the table ratchet.secret is not declared/],
  ['select * from memory.ratchet.secret', /is not declared/],
  ['select * from information_schema.tables', /is not declared/],
  ['select * from other', /the table other is not declared; declared are t/],
  ['select a, (select b from ratchet.secret) from t', /is not declared/],
  ['select a from t where exists (from ratchet.secret)', /is not declared/],
  ['select a from t union all select b from ratchet.secret', /is not declared/],
  ['with c as (select * from ratchet.secret) select * from c', /is not declared/],
  [
    `with "/etc/passwd" as (select 1) select * from (select * from '/etc/passwd')`,
    /the name "\/etc\/passwd" of a WITH/,
  ],
  ['describe t', /DESCRIBE, SHOW and SUMMARIZE/],
  ['summarize t', /DESCRIBE, SHOW and SUMMARIZE|is not declared/],
  [`select getenv('HOME') from t`, /getenv gives another answer/],
  ['select random() from t', /random gives another answer/],
  ['select now() from t', /now gives another answer/],
  ['select current_date, a from t', /current_date gives another answer/],
  ['select uuid() from t', /uuid gives another answer/],
  [`select current_setting('temp_directory') from t`, /current_setting gives another answer/],
  ['select * from t using sample 10%', /a sample is not repeatable/],
  ['select * from t tablesample 10%', /a sample is not repeatable/],
  ['select a frm t where', /line 1: /],
];

const wrongExpressions: readonly (readonly [string, RegExp])[] = [
  ['a from t', /one expression|syntax error/],
  ['a), (b', /one expression|syntax error/],
  ['1) from t where (1', /one expression|syntax error|is not declared/],
  ['(select max(b) from ratchet.secret)', /is not declared/],
  ['(select 1)', /no sub-select/],
  ['lag(a) over (order by a)', /no window function/],
  ['now()', /gives another answer/],
  ['a /* open', /unterminated/],
  ['1; drop table t', /SELECT|syntax error|statements/],
];

/** A locked database, as the child process has it, in this process. */
async function withLocked<T>(folder: string, work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  const instance = await DuckDBInstance.create(':memory:');
  try {
    const connection = await instance.connect();
    await connection.run(lockDownSql({ folder, inputs: [], threads: 1, memoryMiB: 256 }));
    return await work(connection);
  } finally {
    instance.closeSync();
  }
}

describe('SQL from a repository', () => {
  const folder = jobFolder();
  const refusal = (text: RegExp) => ({ code: 'DATASET_SQL', message: expect.stringMatching(text) });

  it('is refused for everything that is no SELECT over its tables', async () => {
    await withLocked(folder.path(), async (connection) => {
      const rules = { tables: new Set(['t']), unstable: await unstableFunctions(connection) };
      for (const [sql, text] of refused)
        await expect(checkSelect(connection, { sql, file: 'x.sql' }, rules), sql).rejects.toMatchObject(
          refusal(text),
        );
    });
  });

  it('is refused where an expression is more than one', async () => {
    await withLocked(folder.path(), async (connection) => {
      const rules = { unstable: await unstableFunctions(connection) };
      for (const [sql, text] of wrongExpressions)
        await expect(checkExpression(connection, { sql, file: 'x.yaml' }, rules), sql).rejects.toMatchObject(
          refusal(text),
        );
    });
  });

  it('is checked by the child process before it runs', async () => {
    await expect(folder.run([opening, select('select * from ratchet.secret')])).rejects.toMatchObject(
      refusal(/not declared/),
    );
    await expect(folder.run([opening, expression('now()')])).rejects.toMatchObject(refusal(/another answer/));
    expect(await readdir(folder.path())).toEqual(['test.job.json', 'test.outcome.json', 'tmp']);
  });

  it('may use joins, common table expressions, windows, series and comments, and end with a semicolon', async () => {
    const allowed = `with recursive c as (select a from t union all select a + 1 from c where a < 3), d as (from c)
-- a comment; with a semicolon
select d.a, row_number() over (order by d.a) as n, u.v from d cross join unnest([1, 2]) as u(v)
where d.a in (select range from range(10)) /* and; more */ order by all;
-- the end`;
    const results = await folder.run([
      opening,
      select(allowed),
      expression('a + interval 1 hour -- an hour'),
      { do: 'rows', name: 'n', sql: 'select count(*) as n from ratchet.v' },
    ]);
    expect(results['n']).toEqual([{ n: '6' }]);
  });

  it('fails with the file, the line and what DuckDB says', async () => {
    const steps = [opening, select('select a,\n  nope\nfrom t')];
    await expect(folder.run(steps)).rejects.toMatchObject({
      code: 'DATASET_SQL',
      message: expect.stringMatching(/^features\/x\.yaml: line 2: .*nope/),
      details: { file: 'features/x.yaml', line: 2 },
    });
  });

  it('fails with the file where a value breaks it half-way', async () => {
    const shape: JobStep = {
      do: 'shape',
      name: 'c',
      from: 'ratchet.v',
      to: 'ratchet.w',
      as: 'table',
      file: 'features/x.yaml',
      needs: [],
    };
    await expect(
      folder.run([opening, select(`select cast('x' || a as int) as b from t`), shape]),
    ).rejects.toMatchObject({
      code: 'DATASET_SQL',
      message: expect.stringMatching(/^features\/x\.yaml: could not convert/),
    });
  });
});

describe('the locked database', () => {
  const folder = jobFolder();
  /** Statements of ours, as if a check had been passed by: the lock-down is the second wall. */
  const denied = [
    `select * from read_csv('/etc/passwd')`,
    `select * from sniff_csv('/etc/passwd')`,
    `select * from read_text('/etc/hostname')`,
    `select * from '/etc/passwd'`,
    `copy (select 1) to '/tmp/ratchet-hostile.csv'`,
    `attach '/tmp/ratchet-hostile.duckdb' as other`,
    'install httpfs',
    'load httpfs',
    `select * from read_csv('http://127.0.0.1:1/x.csv')`,
    `select * from read_parquet('s3://bucket/x.parquet')`,
    'set enable_external_access = true',
    `set allowed_directories = ['/']`,
    'set lock_configuration = false',
    'reset memory_limit',
    'set threads = 64',
    `select getenv('HOME')`,
  ];

  it('denies files outside the folder, the network, extensions and settings', async () => {
    await withLocked(folder.path(), async (connection) => {
      for (const sql of [
        ...denied,
        `select * from read_csv('${folder.path('../../etc/passwd')}')`,
        `select * from glob('/etc/*')`,
      ])
        await expect(connection.run(sql), sql).rejects.toThrow();
    });
  });

  it('writes and reads inside the folder', async () => {
    await withLocked(folder.path(), async (connection) => {
      await connection.run(`copy (select 1 as a) to '${folder.path('in.csv')}'`);
      expect((await connection.runAndReadAll(`from '${folder.path('in.csv')}'`)).getRows()).toEqual([[1n]]);
    });
  });

  it('reads an input outside the folder that it was given, and no other', async () => {
    const given = `${folder.path()}-input.csv`;
    await writeFile(given, 'a\n1\n');
    const read: JobStep = { do: 'rows', name: 'rows', sql: `select * from read_csv('${given}')` };
    expect((await folder.run([read], { inputs: [given] }))['rows']).toEqual([{ a: '1' }]);
    await expect(folder.run([read])).rejects.toMatchObject({ code: 'INTERNAL' });
  });
});

describe('a job', () => {
  const folder = jobFolder();
  const endless: JobStep = {
    do: 'run',
    sql: 'select count(*) from range(1000000000) a, range(1000000000) b',
    file: 'x.sql',
  };

  it('is ended at its wall-clock limit, and says so', async () => {
    await expect(folder.run([endless], { wallMs: 3000 })).rejects.toMatchObject({
      code: 'DATASET_SQL',
      message: expect.stringMatching(/limit of wall: 3000 ms/),
    });
  });

  it('fails for want of memory instead of taking the machine', async () => {
    const hungry: JobStep = {
      do: 'run',
      sql: 'select list(i) from range(100000000) r(i)',
      file: 'features/x.yaml',
    };
    await expect(folder.run([hungry], { memoryMiB: 64, diskMiB: 64 })).rejects.toMatchObject({
      code: 'DATASET_SQL',
      message: expect.stringMatching(/^features\/x\.yaml: needs more memory/),
    });
  });

  it('stops when it is cancelled', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('enough')), 1500);
    await expect(folder.run([endless], {}, { signal: stop.signal })).rejects.toThrow('enough');
  });

  it('tells its progress and keeps a database from job to job', async () => {
    const heard: string[] = [];
    const database = folder.path('work.duckdb');
    await folder.run(
      [{ do: 'run', say: 'making t', sql: 'create table t as select 7 as a' }],
      { database },
      { progress: (text) => heard.push(text) },
    );
    expect(heard).toEqual(['making t']);
    expect((await folder.run([{ do: 'rows', name: 'r', sql: 'from t' }], { database }))['r']).toEqual([
      { a: 7 },
    ]);
  });

  it('that dies without a word is a defect with its last words', async () => {
    await expect(
      folder.run([{ do: 'run', sql: 'x' } as never], { threads: 'x' as never }),
    ).rejects.toMatchObject({ code: 'INTERNAL' });
  });

  it('refuses with the rows of its query', async () => {
    const refuse: JobStep = {
      do: 'refuse',
      sql: `select 'a' as entity, 2 as rows`,
      code: 'DATASET_SQL',
      message: 'one row an entity',
    };
    await expect(folder.run([refuse])).rejects.toMatchObject({
      code: 'DATASET_SQL',
      message: 'one row an entity: entity a, rows 2',
    });
  });
});
