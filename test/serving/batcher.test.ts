import { expect, test } from 'vitest';
import type { TensorValue } from '../../inference/codec/tensors.js';
import { createBatcher } from '../../serving/batching/batcher.js';
import type { CheckedRequest } from '../../serving/check-request.js';
import { createVersionCounters } from '../../serving/version-counters.js';
import type { RunEnd } from '../../serving/workers/thread.js';
import type { ThreadBatch } from '../../serving/workers/thread-messages.js';

const limits = { mostQueuedRows: 100, mostBatchRows: 10 };
const terms = { timeoutMs: 60_000 };

/** One thread that does with a batch of numbers what the test says. */
function batcherOver(runBatch: (rows: readonly number[]) => Promise<RunEnd> | RunEnd) {
  const batches: (readonly number[])[] = [];
  let idle = 1;
  const pool = {
    get idle() {
      return idle;
    },
    get isAtRest() {
      return idle === 1;
    },
    run: async ({ data }: ThreadBatch): Promise<RunEnd> => {
      idle = 0;
      const rows = [...(data[0] as Float32Array)];
      batches.push(rows);
      const end = await runBatch(rows);
      idle = 1;
      return end;
    },
  };
  const counters = createVersionCounters();
  return { batches, counters, ...createBatcher({ pool, inline: null }, limits, counters) };
}

function row(n: number): CheckedRequest {
  const input = { name: 'x', type: 'float32', dims: [1], data: Float32Array.of(n) } as const;
  return { inputs: [input], outputs: ['y'], rows: 1, batchKey: '' };
}

const echo = (rows: readonly number[]): RunEnd => ({
  kind: 'answered',
  types: ['float32'],
  dims: [[rows.length]],
  data: [Float32Array.from(rows)],
  computeNs: 1,
});
const told = (answers: readonly Promise<readonly TensorValue[]>[]) =>
  Promise.all(
    answers.map((answer) =>
      answer.then(
        ([y]) => y?.data[0],
        (error: { code: string; message: string }) => `${error.code}: ${error.message}`,
      ),
    ),
  );

test('threads that die under a batch are told from the request under which they die', async () => {
  const { answer, batches, counters } = batcherOver((rows) =>
    rows.includes(7) ? { kind: 'died' } : echo(rows),
  );
  const answers = [1, 7, 2].map((n) => answer(row(n), terms));
  expect(await told(answers)).toEqual([
    1,
    'MODEL_RUN: the model could not answer: its thread ended, twice',
    2,
  ]);
  expect(batches).toEqual([[1, 7, 2], [1], [7], [2]]);
  expect(counters.read()).toMatchObject({ rows: 2, batches: 2, queue: { count: 3 }, fail: { count: 1 } });
});

test('a batch whose answer does not say whose rows are whose is run again one by one', async () => {
  const { answer, batches } = batcherOver((rows) => (rows.length > 1 ? echo([...rows, 0]) : echo(rows)));
  expect(await told([1, 2].map((n) => answer(row(n), terms)))).toEqual([1, 2]);
  expect(batches).toEqual([[1, 2], [1], [2]]);
});

test('a batch that a thread does not finish is not run again', async () => {
  const { answer, batches } = batcherOver(() => ({ kind: 'stuck' }));
  const late = 'DEADLINE_EXCEEDED: the model did not answer in time';
  expect(await told([1, 2].map((n) => answer(row(n), terms)))).toEqual([late, late]);
  expect(batches).toEqual([[1, 2]]);
});

test('a thread that cannot be asked at all is a defect that every request hears of', async () => {
  const { answer } = batcherOver(() => Promise.reject(new Error('no port')));
  expect(await told([answer(row(1), terms)])).toEqual(['INTERNAL: a batch broke: no port']);
});

test('whoever waits for the end of all requests hears of it also where there are none', async () => {
  const { answer, drained } = batcherOver(echo);
  await drained();
  const asked = answer(row(1), terms);
  await drained();
  expect(await told([asked])).toEqual([1]);
});
