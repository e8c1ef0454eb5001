import { expect, test } from 'vitest';
import { createBatcher } from '../../serving/batching/batcher.js';
import type { CheckedRequest } from '../../serving/check-request.js';
import { createVersionCounters } from '../../serving/version-counters.js';
import type { RunEnd } from '../../serving/workers/thread.js';
import type { ThreadBatch } from '../../serving/workers/thread-messages.js';

const limits = { mostQueuedRows: 100, mostBatchRows: 10 };
const terms = { timeoutMs: 60_000 };

const rowsOf = ({ data }: ThreadBatch) => [...(data[0] as Float32Array)];
const echo = (batch: ThreadBatch): RunEnd => ({
  kind: 'answered',
  types: ['float32'],
  dims: [[rowsOf(batch).length]],
  data: [Float32Array.from(rowsOf(batch))],
  computeNs: 1,
});

/** A batcher with both places to run in, and what was run where. */
function twoPlaces({ mostRows = 3, inThread = async (batch: ThreadBatch) => echo(batch) } = {}) {
  const ran: string[] = [];
  let isThreadAtWork = false;
  let isAtWork = false;
  const pool = {
    get idle() {
      return isThreadAtWork ? 0 : 1;
    },
    get isAtRest() {
      return !isThreadAtWork;
    },
    run: async (batch: ThreadBatch) => {
      isThreadAtWork = true;
      ran.push(`thread ${rowsOf(batch)}`);
      const end = await inThread(batch);
      isThreadAtWork = false;
      return end;
    },
  };
  const inline = {
    mostRows,
    get isAtWork() {
      return isAtWork;
    },
    run: async (batch: ThreadBatch): Promise<RunEnd> => {
      isAtWork = true;
      ran.push(`inline ${rowsOf(batch)}`);
      await new Promise(setImmediate);
      isAtWork = false;
      return rowsOf(batch).includes(7) ? { kind: 'failed', reason: 'seven' } : echo(batch);
    },
    close: async () => undefined,
  };
  const counters = createVersionCounters();
  return { ran, counters, ...createBatcher({ pool, inline }, limits, counters) };
}

function row(n: number): CheckedRequest {
  const input = { name: 'x', type: 'float32', dims: [1], data: Float32Array.of(n) } as const;
  return { inputs: [input], outputs: ['y'], rows: 1, batchKey: '' };
}
const told = (answer: Promise<readonly { data: ArrayLike<unknown> }[]>) =>
  answer.then(
    ([y]) => y?.data[0],
    (error: Error) => error.message,
  );

test('a short batch that is all there is to do runs on the event loop, a longer one in its thread', async () => {
  const { answer, ran, counters } = twoPlaces();
  expect(await told(answer(row(1), terms))).toBe(1);
  expect(await Promise.all([1, 2, 3, 4].map((n) => told(answer(row(n), terms))))).toEqual([1, 2, 3, 4]);
  expect(ran).toEqual(['inline 1', 'thread 1,2,3,4']);
  expect(counters.read()).toMatchObject({ batches: 2, inline: 1 });
});

test('what comes while a thread is at work waits for it and is not run beside it', async () => {
  const { promise, resolve } = withResolvers();
  const { answer, ran } = twoPlaces({
    mostRows: 1,
    inThread: async (batch) => {
      await promise;
      return echo(batch);
    },
  });
  const long = [1, 2].map((n) => told(answer(row(n), terms)));
  await new Promise(setImmediate);
  const late = told(answer(row(3), terms));
  await new Promise(setImmediate);
  expect(ran).toEqual(['thread 1,2']);
  resolve();
  expect(await Promise.all([...long, late])).toEqual([1, 2, 3]);
  expect(ran).toEqual(['thread 1,2', 'inline 3']);
});

test('a row that fails on the event loop is told from its mates in a thread', async () => {
  const { answer, ran } = twoPlaces({
    inThread: async (batch) =>
      rowsOf(batch).includes(7) ? { kind: 'failed', reason: 'seven' } : echo(batch),
  });
  const answers = await Promise.all([1, 7, 2].map((n) => told(answer(row(n), terms))));
  expect(answers).toEqual([1, 'the model could not answer: seven', 2]);
  expect(ran).toEqual(['inline 1,7,2', 'thread 1', 'thread 7', 'thread 2']);
});

function withResolvers() {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
