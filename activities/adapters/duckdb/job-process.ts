import { readFile, writeFile } from 'node:fs/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { messageOf, RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { JobFile, JobOutcome } from './job.js';
import { lockDownSql } from './lock-down.js';
import { runSteps } from './run-steps.js';
import { firstLine } from './sql-failure.js';

/**
 * The child process of a DuckDB job: `node job-process.js <job file> <outcome file>`. Opens the database, locks it down,
 * runs the steps and writes the outcome; progress goes to stdout, a line each.
 */
async function main(jobPath: string, outcomePath: string): Promise<void> {
  const job = JSON.parse(await readFile(jobPath, 'utf8')) as JobFile;
  const outcome = await outcomeOf(job);
  await writeFile(outcomePath, JSON.stringify(outcome));
}

async function outcomeOf(job: JobFile): Promise<JobOutcome> {
  const instance = await DuckDBInstance.create(job.database);
  try {
    const connection = await instance.connect();
    await connection.run(lockDownSql(job));
    const results = await runSteps(connection, job.steps, (text) => process.stdout.write(`${text}\n`));
    return { ok: true, results: results as Extract<JobOutcome, { ok: true }>['results'] };
  } catch (error) {
    return failureOf(error);
  } finally {
    instance.closeSync();
  }
}

function failureOf(error: unknown): JobOutcome {
  if (error instanceof RatchetError)
    return {
      ok: false,
      code: error.code,
      message: error.message,
      details: JSON.parse(JSON.stringify(error.details)),
    };
  const message = messageOf(error);
  const code = message.startsWith('Out of Memory Error') ? 'DATASET_SQL' : 'INTERNAL';
  return { ok: false, code, message: firstLine(message), details: {} };
}

const [jobPath = '', outcomePath = ''] = process.argv.slice(2);
await main(jobPath, outcomePath);
