import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { findInterpreter } from '../../activities/adapters/environments/python-interpreter.js';
import type { FeatureViewConfig } from '../../domain/config/feature-view.js';
import { messageOf } from '../../domain/errors/ratchet-error.js';
import { quoteText } from '../../domain/features/quote.js';
import { positionColumn } from '../../domain/features/relations.js';
import { viewSql } from '../../domain/features/view-sql.js';
import type { BenchReport } from './figures.js';

const run = promisify(execFile);

const size = { examples: 1_000_000, facts: 5_000_000, entities: 10_000 } as const;

const yearMs = 366 * 24 * 3600 * 1000;

/** What a build of the platform has. */
const bounds = { threads: '2', memory_limit: '1536MB' } as const;

const view: FeatureViewConfig = {
  version: 1,
  name: 'last-value',
  kind: 'latest',
  description: 'The last value of the entity.',
  tables: ['facts'],
  entity: ['entity'],
  knownAt: 'known_at',
  select: 'select entity, known_at, amount from facts',
  columns: { last_amount: { of: 'amount' } },
};

/** Each example takes the last fact of its entity; many have none, and must come back all the same. */
const peerProgram = `
import sys, time
import pandas
examples, facts = (pandas.read_parquet(path) for path in sys.argv[1:3])
began = time.perf_counter()
joined = pandas.merge_asof(
    examples.sort_values("at"), facts.sort_values("known_at"),
    left_on="at", right_on="known_at", by="entity", direction="backward")
print(time.perf_counter() - began, len(joined), int(joined["amount"].notna().sum()))
`;

interface Joined {
  readonly seconds: number;
  readonly rows: number;
  readonly found: number;
}

/** A point-in-time join of examples with facts, through the SQL that feature views become. */
export async function benchJoin(folder: string): Promise<BenchReport> {
  await mkdir(folder, { recursive: true });
  const files = { examples: join(folder, 'examples.parquet'), facts: join(folder, 'facts.parquet') };
  await inDuckdb((connection) => writeRows(connection, files));
  const ours = await inDuckdb((connection) => joinOurs(connection, files));
  if (ours.rows !== size.examples) throw new Error(`of ${size.examples} examples ${ours.rows} came back`);
  const peer = await joinPandas(folder, files).catch((error: unknown) => messageOf(error).split('\n')[0]);
  await rm(files.facts);
  const measured = typeof peer === 'object';
  if (measured && peer.found !== ours.found)
    throw new Error(`pandas found a fact for ${peer.found} examples, the platform for ${ours.found}`);
  return {
    name: 'join',
    about: `${size.examples} examples joined with ${size.facts} facts of ${size.entities} entities as they were known`,
    figures: [
      {
        what: 'the SQL of a feature view, in memory',
        value: ours.seconds,
        unit: 's',
        limit: 5,
        ...(measured ? { peer: { name: 'pandas merge_asof with its sorting', value: peer.seconds } } : {}),
      },
      { what: 'examples that came back', value: ours.rows, unit: 'rows' },
      { what: 'examples for which there was a fact', value: ours.found, unit: 'rows' },
    ],
    notes: measured ? [] : [`there is no peer: pandas could not be run here (${peer})`],
  };
}

async function inDuckdb<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  const instance = await DuckDBInstance.create(':memory:', bounds);
  try {
    const connection = await instance.connect();
    return await work(connection);
  } finally {
    instance.closeSync();
  }
}

/** The same rows every time: a year of facts in which some entities have none, and examples in no order. */
async function writeRows(
  connection: DuckDBConnection,
  files: { readonly examples: string; readonly facts: string },
): Promise<void> {
  const instant = (seed: string) =>
    `timestamp '2024-01-01' + to_microseconds((hash(${seed}) % ${yearMs}) :: bigint * 1000)`;
  const write = (select: string, path: string) =>
    connection.run(`copy (${select}) to ${quoteText(path)} (format parquet)`);
  await write(
    `select i :: bigint as ${positionColumn}, (hash(i) % ${size.entities}) :: bigint as entity, ${instant('i + 7')} as at from range(${size.examples}) t(i)`,
    files.examples,
  );
  await write(
    `select (hash(i * 3) % ${size.entities - 100}) :: bigint as entity, ${instant('i * 5')} as known_at, i :: double as amount from range(${size.facts}) t(i)`,
    files.facts,
  );
}

async function joinOurs(
  connection: DuckDBConnection,
  files: { readonly examples: string; readonly facts: string },
): Promise<Joined> {
  await connection.run(`create table examples as from read_parquet(${quoteText(files.examples)})`);
  await connection.run(`create table facts as from read_parquet(${quoteText(files.facts)})`);
  const sql = viewSql(view, { spine: 'examples', source: 'facts', predictAt: 'at' });
  const began = performance.now();
  await connection.run(`create table joined as ${sql}`);
  const seconds = (performance.now() - began) / 1000;
  const answer = await connection.runAndReadAll('select count(*), count(last_amount) from joined');
  const [rows, found] = answer.getRows()[0] ?? [];
  return { seconds, rows: Number(rows), found: Number(found) };
}

async function joinPandas(
  folder: string,
  files: { readonly examples: string; readonly facts: string },
): Promise<Joined> {
  const python = join(folder, 'venv', 'bin', 'python');
  if (!existsSync(python)) {
    await run((await findInterpreter()).path, ['-m', 'venv', join(folder, 'venv')]);
    await run(python, [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--only-binary=:all:',
      'pandas==2.3.3',
      'pyarrow==22.0.0',
    ]);
  }
  const { stdout } = await run(python, ['-c', peerProgram, files.examples, files.facts]);
  const [seconds = Number.NaN, rows = 0, found = 0] = stdout.trim().split(' ').map(Number);
  return { seconds, rows, found };
}
