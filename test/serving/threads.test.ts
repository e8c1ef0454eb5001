import { EventEmitter, once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { modelInterface } from '../../domain/onnx/model-interface.js';
import type { DataPlaneOptions } from '../../serving/open-data-plane.js';
import { openThreadPool } from '../../serving/workers/thread-pool.js';
import { answersOf, ask, numbers, servingRoom } from './serving-room.js';
import { addsInThread, takesItsTime } from './small-models.js';

const { open } = servingRoom();
const threads: Worker[] = [];
const ready: Promise<unknown>[] = [];
let isDeadly = false;
const note = (thread: Worker) => {
  threads.push(thread);
  if (isDeadly) kill(thread);
  ready.push(Promise.race([once(thread, 'message'), once(thread, 'exit')]));
};
process.on('worker', note);
afterAll(() => void process.off('worker', note));
beforeEach(() => {
  threads.splice(0);
  ready.splice(0);
});

async function openPlane(options: Partial<DataPlaneOptions> = {}) {
  const { plane } = await open({ 'm/1/model.onnx': addsInThread(1) }, options);
  return plane;
}

/** A thread is ended between runs: in the midst of one onnxruntime would end the whole process. */
const kill = (thread: Worker | undefined) => void thread?.terminate();

test('a thread that dies is replaced, and what it was sent is run again', async () => {
  const plane = await openPlane();
  for (const round of [1, 2, 3]) {
    const answers = [1, 2, 3].map((n) => plane.infer(ask('m', numbers(n * round))));
    kill(threads[round - 1]);
    expect((await Promise.all(answers)).map(answersOf)).toEqual([1, 2, 3].map((n) => [n * round + 1]));
    expect(threads).toHaveLength(round + 1);
  }
  expect(plane.isReady()).toBe(true);
  expect(plane.statistics()[0]).toMatchObject({ rows: 9, fail: { count: 0 } });
});

test('a version whose threads die again and again is unavailable, until it is loaded again', async () => {
  const plane = await openPlane();
  isDeadly = true;
  // One row alone would need no thread.
  const asked = plane.infer(ask('m', numbers(1, 2)));
  kill(threads[0]);
  const reason = 'the model could not be loaded: its thread ended';
  await expect(asked).rejects.toMatchObject({ code: 'MODEL_NOT_READY', message: reason });
  isDeadly = false;
  expect(plane.find('m', '1')).toMatchObject({ state: 'UNAVAILABLE', reason });
  await expect(plane.infer(ask('m', numbers(1)))).rejects.toMatchObject({ code: 'MODEL_NOT_READY' });
  expect(plane.isReady()).toBe(false);
  await plane.load('m');
  expect(answersOf(await plane.infer(ask('m', numbers(1))))).toEqual([2]);
});

test('what is sent to a thread that has just died is told apart from what the model cannot answer', async () => {
  const pool = await openPool(addsInThread(1), { mostRunMs: 60_000 }).opened;
  kill(threads[0]);
  expect(await pool.run(oneRow(1))).toEqual({ kind: 'died' });
  await expect.poll(() => pool.idle).toBe(1);
  expect(await pool.run(oneRow(1))).toMatchObject({ kind: 'answered', data: [Float32Array.of(2)] });
  await pool.close();
});

test('two threads run side by side, and one that dies while it waits is missed by nobody', async () => {
  const plane = await openPlane({ workers: 2, mostBatchRows: 1 });
  expect(threads).toHaveLength(2);
  kill(threads[1]);
  const answers = await Promise.all([1, 2, 3, 4].map((n) => plane.infer(ask('m', numbers(n)))));
  expect(answers.map(answersOf)).toEqual([[2], [3], [4], [5]]);
  await expect.poll(() => threads.length).toBe(3);
  await ready[2];
});

test('a thread that does not come to an end of a run is given up, and the next answers', async () => {
  const { opened, replaced } = openPool(takesItsTime(), { mostRunMs: 1_500 });
  const pool = await opened;
  expect(await pool.run(oneRow(3_000))).toEqual({ kind: 'stuck' });
  await replaced;
  expect(pool.idle).toBe(1);
  expect(await pool.run(oneRow(1))).toMatchObject({ kind: 'answered', data: [Float32Array.of(1)] });
  await pool.close();
  if (threads[0]?.threadId !== -1) await once(threads[0] as Worker, 'exit');
});

test('a model whose threads can no longer be started says so, once', async () => {
  const file = addsInThread(1);
  const { opened, broken } = openPool(file, { mostRunMs: 60_000 });
  const pool = await opened;
  file.fill(0xff);
  kill(threads[0]);
  expect(await broken).toEqual([expect.stringMatching(/^the model could not be loaded: /)]);
  expect(pool.idle).toBe(0);
  expect(threads).toHaveLength(4);
});

const oneRow = (n: number) => ({ dims: [[1, 1]], data: [Float32Array.of(n)], outputs: ['y'] });

function openPool(file: Uint8Array, { mostRunMs }: { readonly mostRunMs: number }) {
  const events = new EventEmitter();
  const start = {
    file,
    interface: modelInterface(file),
    computeThreads: 1,
    executionProvider: 'cpu' as const,
    mostRunMs,
  };
  const opened = openThreadPool(start, 1, {
    onReplaced: () => events.emit('replaced'),
    onBroken: (reason) => events.emit('broken', reason),
  });
  return { opened, replaced: once(events, 'replaced'), broken: once(events, 'broken') };
}
