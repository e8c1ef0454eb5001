import { expect, test } from 'vitest';
import { isFixedCost } from '../../domain/onnx/fixed-cost.js';
import { scanStructure } from '../../domain/onnx/scan-structure.js';
import { createBatcher } from '../../serving/batching/batcher.js';
import type { CheckedRequest } from '../../serving/check-request.js';
import { createVersionCounters } from '../../serving/version-counters.js';
import type { RunEnd } from '../../serving/workers/thread.js';
import type { ThreadBatch } from '../../serving/workers/thread-messages.js';
import { fixtureBytes } from '../domain/onnx/fixtures.js';
import { answersOf, ask, numbers, servingRoom } from './serving-room.js';
import { addsTo, addsTwo, takesItsTime } from './small-models.js';

const { open } = servingRoom();

test('a quick model answers a lone row on the thread that reads, and is the same as on its own', async () => {
  const { plane } = await open({ 'm/1/model.onnx': addsTo(0.1) });
  for (const row of [1, 2, 3]) {
    expect(answersOf(await plane.infer(ask('m', numbers(row))))).toEqual([
      Math.fround(row + Math.fround(0.1)),
    ]);
  }
  expect(plane.statistics('m')[0]).toMatchObject({ inline: 3, batches: 3, success: { count: 3 } });
  expect(answersOf(await plane.infer(ask('m', numbers(1, 2))))).toHaveLength(2);
  expect(plane.statistics('m')[0]).toMatchObject({ inline: 3, batches: 4 });
  const many = await Promise.all(Array.from({ length: 50 }, (_, row) => plane.infer(ask('m', numbers(row)))));
  expect(many.map((answer) => answersOf(answer)[0])).toEqual(
    Array.from({ length: 50 }, (_, row) => Math.fround(row + Math.fround(0.1))),
  );
  expect(plane.statistics('m')[0]).toMatchObject({ inline: 3, success: { count: 54 } });
});

test('a model whose work depends on what it reads never runs there, however quick it was measured', async () => {
  const { plane } = await open({ 'm/1/model.onnx': takesItsTime(), 'wide/1/model.onnx': addsTwo() });
  expect(answersOf(await plane.infer(ask('m', numbers(1))))).toEqual([1]);
  const z = { ...numbers(1), name: 'z' };
  await plane.infer({ model: 'wide', version: null, inputs: [numbers(1), z], outputs: [] });
  expect(plane.statistics()).toMatchObject([{ inline: 0 }, { inline: 0 }]);
});

test('linear models and trees are as much work for every row, products of a width that is read are not', () => {
  const isFixed = (bytes: Uint8Array) => {
    const verdict = scanStructure(bytes);
    if (!verdict.ok) throw new Error('the model is not sound');
    return isFixedCost(verdict.summary);
  };
  expect(
    [addsTo(1), fixtureBytes('logistic'), fixtureBytes('boosting'), takesItsTime()].map(isFixed),
  ).toEqual([true, true, true, false]);
});

const echo = ({ data, dims }: ThreadBatch): RunEnd => ({
  kind: 'answered',
  types: ['float32'],
  dims,
  data,
  computeNs: 1,
});
const rowsOf = (...rows: readonly number[]): CheckedRequest => ({
  inputs: [{ name: 'x', type: 'float32', dims: [rows.length], data: Float32Array.from(rows) }],
  outputs: ['y'],
  rows: rows.length,
  batchKey: '',
});

function batcherWith(inline: { isOpen: boolean; end: RunEnd | null }) {
  const ran: string[] = [];
  const runAt = (place: string) => async (batch: ThreadBatch) => {
    ran.push(place);
    return place === 'inline' && inline.end !== null ? inline.end : echo(batch);
  };
  const pool = { idle: 1, run: runAt('thread') };
  const own = {
    get isOpen() {
      return inline.isOpen;
    },
    run: runAt('inline'),
  };
  const limits = { mostQueuedRows: 100, mostBatchRows: 10 };
  const { answer } = createBatcher(pool, limits, createVersionCounters(), own);
  return { ran, answer: (...rows: readonly number[]) => answer(rowsOf(...rows), { timeoutMs: 60_000 }) };
}

test('one row alone runs inline; rows in company, and those of a model that turned out slow, run in a thread', async () => {
  const inline = { isOpen: true, end: null };
  const { answer, ran } = batcherWith(inline);
  await answer(1);
  await Promise.all([answer(1), answer(2)]);
  await answer(1, 2);
  inline.isOpen = false;
  await answer(1);
  expect(ran).toEqual(['inline', 'thread', 'thread', 'thread']);
});

test('a row that the model fails on inline is refused as in a thread, and the next is answered', async () => {
  const inline: { isOpen: boolean; end: RunEnd | null } = {
    isOpen: true,
    end: { kind: 'failed', reason: 'no' },
  };
  const { answer } = batcherWith(inline);
  await expect(answer(1)).rejects.toMatchObject({
    code: 'MODEL_RUN',
    message: 'the model could not answer: no',
  });
  inline.end = null;
  expect(await answer(2)).toHaveLength(1);
});
