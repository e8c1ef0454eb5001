import { messageOf, RatchetError } from '../../domain/errors/ratchet-error.js';
import type { TensorValue } from '../../inference/codec/tensors.js';
import type { CheckedRequest } from '../check-request.js';
import type { VersionCounters } from '../version-counters.js';
import type { InlineRuns } from '../workers/inline-runs.js';
import type { ThreadBatch } from '../workers/thread-messages.js';
import type { ThreadPool } from '../workers/thread-pool.js';
import { Chain } from './chain.js';
import { concludeBatch } from './conclude-batch.js';
import { createDeadlines } from './deadlines.js';
import { Job, type JobTerms } from './job.js';
import { joinInputs } from './join-inputs.js';
import { createRowQueue } from './row-queue.js';

export interface BatchLimits {
  /** Rows that may wait. */
  readonly mostQueuedRows: number;
  /** Rows of a batch; a request with more is a batch by itself. */
  readonly mostBatchRows: number;
}

/** Requests to one version of a model, on their way to its threads. */
export interface Batcher {
  /**
   * Errors: `OVERLOADED`, `REQUEST_INVALID` for more rows than may ever wait, `DEADLINE_EXCEEDED`, `MODEL_RUN`, the
   * reason of the signal.
   */
  answer(request: CheckedRequest, terms: JobTerms): Promise<readonly TensorValue[]>;
  /** A thread is free that was not before. */
  pump(): void;
  /** Resolves when nobody waits for an answer. */
  drained(): Promise<void>;
  /** Nothing can be answered any more. */
  refuseAll(error: RatchetError): void;
}

/** Where batches are run. */
export interface BatchRunners {
  readonly pool: Pick<ThreadPool, 'idle' | 'isAtRest' | 'run'>;
  /** Of a model of which runs are known to be short; null for any other. */
  readonly inline: Pick<InlineRuns, 'mostRows' | 'isAtWork' | 'run'> | null;
}

export function createBatcher(
  runners: BatchRunners,
  { mostQueuedRows, mostBatchRows }: BatchLimits,
  counters: VersionCounters,
): Batcher {
  const queue = createRowQueue();
  const open = new Chain<Job>();
  const deadlines = createDeadlines(open, (late) => late.expire());
  const drainers: (() => void)[] = [];
  let isPumpDue = false;

  function settled(job: Job, isSuccess: boolean): void {
    queue.remove(job);
    if (job.open !== null) open.remove(job.open);
    counters.left(isSuccess, performance.now() - job.arrivedMs);
    if (open.size === 0) for (const drained of drainers.splice(0)) drained();
  }

  /** After what else has come in the same turn of the event loop, so that it goes along; an idle loop turns at once. */
  function pumpSoon(): void {
    if (isPumpDue) return;
    isPumpDue = true;
    setImmediate(() => {
      isPumpDue = false;
      pump();
    });
  }

  function pump(): void {
    while (runners.pool.idle > 0 && runners.inline?.isAtWork !== true) {
      const [first, ...mates] = queue.take(mostBatchRows);
      if (first === undefined) return;
      void run([first, ...mates]);
    }
  }

  async function run(batch: Batch): Promise<void> {
    try {
      const runner = runnerFor(batch, queue.rows, runners);
      const running = runner.run(joinJobs(batch));
      for (const job of batch) begin(job, counters);
      const end = await running;
      // The thread goes on before the answers are given out.
      if (end.kind === 'answered') pump();
      if (runner === runners.inline && end.kind === 'answered') counters.ranInline();
      queue.putBack(concludeBatch(batch, end, counters));
      pump();
    } catch (cause) {
      const error = new RatchetError('INTERNAL', `a batch broke: ${messageOf(cause)}`, {}, { cause });
      for (const job of batch) job.reject(error);
    }
  }

  return {
    answer: (request, terms) => {
      if (terms.signal?.aborted === true) return Promise.reject(terms.signal.reason);
      const refusal = refusalOf(request, queue.rows, mostQueuedRows);
      if (refusal !== null) return Promise.reject(refusal);
      counters.came();
      const job = new Job(request, terms, settled);
      job.open = open.add(job);
      deadlines.watch(job);
      queue.add(job);
      pumpSoon();
      return job.answer;
    },
    pump,
    drained: async () => {
      if (open.size > 0) await new Promise<void>((resolve) => drainers.push(resolve));
      deadlines.rest();
    },
    refuseAll: (error) => rejectAll(open, error),
  };
}

function rejectAll(jobs: Iterable<Job>, error: RatchetError): void {
  for (const job of jobs) job.reject(error);
}

type Batch = readonly [Job, ...Job[]];

/** The thread that reads requests, where nothing else waits or is being run and this is over before anybody could notice. */
function runnerFor(
  batch: Batch,
  queuedRows: number,
  { pool, inline }: BatchRunners,
): Pick<ThreadPool, 'run'> {
  if (inline === null || queuedRows > 0 || !pool.isAtRest || batch[0].isAlone) return pool;
  const rows = batch.reduce((sum, job) => sum + job.request.rows, 0);
  return rows <= inline.mostRows ? inline : pool;
}

function joinJobs([first, ...mates]: Batch): ThreadBatch {
  return joinInputs([first.request, ...mates.map((job) => job.request)]);
}

function refusalOf({ rows }: CheckedRequest, queued: number, most: number): RatchetError | null {
  if (rows > most) {
    return new RatchetError('REQUEST_INVALID', `the request has ${rows} rows, allowed are ${most}`);
  }
  if (queued + Math.max(rows, 1) <= most) return null;
  return new RatchetError('OVERLOADED', `${queued} rows wait for the model, allowed are ${most}`);
}

/** A job that is run again has begun before. */
function begin(job: Job, counters: VersionCounters): void {
  if (job.startedMs !== null) return;
  job.startedMs = performance.now();
  counters.waited(job.startedMs - job.arrivedMs);
}
