import { type BadInput, files } from './bad-input.js';

const refused = { status: 'failed', code: 'DATASET_SQL', step: 'build' } as const;

/** SQL of a repository is code: one SELECT over the declared tables, and nothing else. */
export const badSql: readonly BadInput[] = [
  {
    ...refused,
    title: 'examples that write',
    edits: { [files.examples]: 'delete from points' },
    says: ['models/tiny/examples.sql: only a SELECT is allowed here'],
  },
  {
    ...refused,
    title: 'two statements for examples',
    edits: { [files.examples]: 'select id, x, y, label from points; select 1' },
    says: ['models/tiny/examples.sql: one SELECT is allowed, 2 statements came'],
  },
  {
    ...refused,
    title: 'examples that are no SQL',
    edits: { [files.examples]: 'select id, x, y,\n  label\nfrom points wherever\n  x > > 1' },
    says: ['models/tiny/examples.sql: line 4: syntax error at or near "x"'],
  },
  {
    ...refused,
    title: 'examples that read a file of the machine',
    edits: { [files.examples]: `select p.*, column0 from points p, read_csv('/etc/passwd')` },
    says: ['models/tiny/examples.sql: the table function read_csv is not allowed'],
  },
  {
    ...refused,
    title: 'examples that name a file as a table',
    edits: { [files.examples]: `select * from '/etc/passwd'` },
    says: ['the table /etc/passwd is not declared; declared are points'],
  },
  {
    ...refused,
    title: 'examples that ask the clock',
    edits: { [files.examples]: 'select id, x, y, label, now() as at from points' },
    says: ['now gives another answer each time; a dataset is built from its tables alone'],
  },
  {
    ...refused,
    title: 'examples that name an unknown column',
    edits: { [files.examples]: 'select id, x, y, z, label from points' },
    says: ['models/tiny/examples.sql: line 1: referenced column "z" not found'],
  },
  {
    ...refused,
    title: 'examples that do not give their key',
    edits: { [files.examples]: 'select x, y, label from points' },
    says: ['gives no column id (a column of "key"); it gives x, y, label'],
  },
];

/** Of the project, before any input is bad: a run reads sources that are in force. */
export const companySources = `  company: { kind: postgres, connection: secret://company, statementTimeoutSeconds: 1, maxRows: 1000 }
  nobody: { kind: postgres, connection: secret://nobody }
`;
const query = (text: string, source: 'company' | 'nobody' = 'company') => ({
  [files.table]: (yaml: string) =>
    yaml
      .replace('source: files', `source: ${source}`)
      .replace(/path: .*\nformat: .*/, 'query: tables/points.sql'),
  'tables/points.sql': text,
});
const sourceRefused = { status: 'failed', code: 'SOURCE_REFUSED', step: 'prepare' } as const;
const columns = 'n as id, n / 2.0 as x, -n as y, n % 2 as label';

/** Queries that go to the company's database, as a user that may read. */
export const badQueries: readonly BadInput[] = [
  {
    ...sourceRefused,
    title: 'a source query that writes',
    edits: query('delete from points'),
    says: ['begins with "delete"; only one SELECT or WITH is read'],
  },
  {
    ...sourceRefused,
    title: 'a source query that writes behind a WITH',
    edits: query(`with gone as (delete from points returning *) select ${columns} from gone n`),
    says: ['secret://company'],
  },
  {
    ...sourceRefused,
    title: 'two statements for a source query',
    edits: query(`select ${columns} from generate_series(1, 9) n; drop table points`),
    says: ['holds more than one statement'],
  },
  {
    ...sourceRefused,
    title: 'a source query that reads a file of the server',
    edits: query(`select pg_read_file('/etc/passwd') as id, 1 as x, 2 as y, 0 as label`),
    says: ['secret://company refused: permission denied for function pg_read_file'],
  },
  {
    ...sourceRefused,
    title: 'a source query over a table that is not there',
    edits: query('select * from no_such_table'),
    says: ['secret://company refused: relation "no_such_table" does not exist'],
  },
  {
    ...sourceRefused,
    title: 'a source query that runs too long',
    edits: query('select pg_sleep(60)::text as id, 1 as x, 2 as y, 0 as label'),
    says: ['the query ran longer than the 1 s that the source allows'],
  },
  {
    title: 'a source query that gives too many rows',
    edits: query(`select ${columns} from generate_series(1, 5000) n`),
    status: 'failed',
    code: 'SOURCE_TOO_LARGE',
    step: 'prepare',
    says: ['1000'],
  },
  {
    title: 'a source query that gives no rows',
    edits: query(`select ${columns} from generate_series(1, 0) n`),
    status: 'failed',
    code: 'SOURCE_EMPTY',
    step: 'collect',
    says: ['tables/points.yaml: the query tables/points.sql gives no rows'],
  },
  {
    title: 'a source whose secret has no value',
    edits: query(`select ${columns} from generate_series(1, 9) n`, 'nobody'),
    status: 'failed',
    code: 'SECRET_MISSING',
    step: 'prepare',
    says: ['the secret "nobody" has no value here; put its value into the file '],
  },
];
