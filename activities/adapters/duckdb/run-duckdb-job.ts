import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { catalogue, type ErrorCode } from '../../../domain/errors/catalogue.js';
import { messageOf, RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { Launcher, LaunchResult, LaunchSpec } from '../../../domain/ports/launcher.js';
import { type JobFile, type JobOutcome, type JobResults, type JobStep, jobOutcome } from './job.js';
import { jobCommand } from './job-command.js';

const mebibyte = 1024 ** 2;
/** What Node and DuckDB's own code take beside DuckDB's memory limit. */
const overheadMiB = 512;
const outcomeBytes = 64 * mebibyte;

/** One run of DuckDB in a child process that sees its folder, its inputs and nothing else. */
export interface DuckdbJob {
  /** Business key and fencing number, for the launcher. */
  readonly key: string;
  readonly fence: number;
  /** Names the job's own files in the folder. */
  readonly name: string;
  /** The job's work folder: everything in it may be read and written. */
  readonly folder: string;
  /** Files outside the folder that may be read. */
  readonly inputs?: readonly string[];
  /** A database file in the folder, made where there is none. Absent: in memory. */
  readonly database?: string;
  readonly threads: number;
  readonly memoryMiB: number;
  readonly wallMs: number;
  readonly diskMiB: number;
  readonly steps: readonly JobStep[];
}

/**
 * Runs the steps and gives the named results. Errors: what the steps refuse (`DATASET_SQL`, `DATA_TYPE`,
 * `SOURCE_INVALID` ...), `DATASET_SQL` for a job that goes over a limit, `INTERNAL` for a defect.
 */
export async function runDuckdbJob(
  launcher: Launcher,
  job: DuckdbJob,
  options: { readonly signal?: AbortSignal; readonly progress?: (text: string) => void } = {},
): Promise<JobResults> {
  const jobPath = join(job.folder, `${job.name}.job.json`);
  const outcomePath = join(job.folder, `${job.name}.outcome.json`);
  await mkdir(join(job.folder, 'tmp'), { recursive: true });
  await rm(outcomePath, { force: true });
  const file: JobFile = {
    folder: job.folder,
    database: job.database ?? ':memory:',
    inputs: job.inputs ?? [],
    threads: job.threads,
    memoryMiB: job.memoryMiB,
    steps: job.steps,
  };
  await writeFile(jobPath, JSON.stringify(file));
  const spec = specOf(job, [jobPath, outcomePath], options.progress);
  const result = await launcher.launch(spec, options.signal);
  options.signal?.throwIfAborted();
  const outcome = await readOutcome(outcomePath, job, result);
  if (outcome.ok) return outcome.results;
  const code: ErrorCode = outcome.code in catalogue ? (outcome.code as ErrorCode) : 'INTERNAL';
  throw new RatchetError(code, outcome.message, outcome.details);
}

function specOf(job: DuckdbJob, args: readonly string[], progress?: (text: string) => void): LaunchSpec {
  const { command, readOnly } = jobCommand();
  return {
    key: job.key,
    fence: job.fence,
    command: [...command, ...args],
    cwd: job.folder,
    env: { HOME: job.folder, TMPDIR: join(job.folder, 'tmp'), NODE_NO_WARNINGS: '1' },
    readOnly: [...readOnly, ...(job.inputs ?? [])],
    writable: [job.folder],
    network: 'none',
    limits: {
      wallMs: job.wallMs,
      memoryBytes: (job.memoryMiB + overheadMiB) * mebibyte,
      diskBytes: job.diskMiB * mebibyte,
      processes: 64,
      outputBytes: mebibyte,
    },
    ...(progress ? { onLine: (stream, line) => (stream === 'stdout' ? progress(line) : undefined) } : {}),
  };
}

async function readOutcome(path: string, job: DuckdbJob, result: LaunchResult): Promise<JobOutcome> {
  if (result.limit !== null) {
    const limit = { wall: `${job.wallMs} ms`, memory: `${job.memoryMiB} MiB`, disk: `${job.diskMiB} MiB` };
    const text = limit[result.limit as keyof typeof limit] ?? 'its limit';
    throw new RatchetError(
      'DATASET_SQL',
      `the ${job.name} job went over its limit of ${result.limit}: ${text}`,
      {
        limit: result.limit,
      },
    );
  }
  try {
    const { size } = await stat(path);
    if (size > outcomeBytes) throw new RangeError(`its outcome has ${size} bytes`);
    return jobOutcome.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (cause) {
    const end = result.exitCode === null ? `signal ${result.signal}` : `exit code ${result.exitCode}`;
    const tail = result.tail.trim().slice(-1000);
    throw new RatchetError(
      'INTERNAL',
      `the ${job.name} job gave no outcome (${messageOf(cause)}); it ended with ${end}${tail === '' ? '' : `: ${tail}`}`,
      {},
      { cause },
    );
  }
}
