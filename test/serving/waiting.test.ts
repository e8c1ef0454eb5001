import { expect, test } from 'vitest';
import { answersOf, ask, numbers, servingRoom } from './serving-room.js';
import { takesItsTime } from './small-models.js';

const { open } = servingRoom();
/** A good part of a second for the model: whatever is asked meanwhile finds the thread busy. */
const rounds = 1_000;
/** Until the run that was asked for has begun. */
const turn = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

async function openBusy(options = {}) {
  const { plane } = await open({ 'm/1/model.onnx': takesItsTime() }, options);
  const busy = plane.infer(ask('m', numbers(rounds)));
  await turn();
  return { plane, busy };
}

const codeOf = (answer: Promise<unknown>) =>
  answer.then(
    () => 'answered',
    (error: unknown) => (error as { code?: string }).code ?? error,
  );

test('a full queue refuses at once, and takes rows again when it has emptied', async () => {
  const { plane, busy } = await openBusy({ mostQueuedRows: 5 });
  const waiting = [plane.infer(ask('m', numbers(1, 2, 3))), plane.infer(ask('m', numbers(4)))];
  await expect(plane.infer(ask('m', numbers(5, 6)))).rejects.toMatchObject({
    code: 'OVERLOADED',
    message: '4 rows wait for the model, allowed are 5',
  });
  const last = plane.infer(ask('m', numbers(7)));
  expect(await codeOf(plane.infer(ask('m', numbers(8))))).toBe('OVERLOADED');
  expect((await Promise.all([...waiting, last])).map(answersOf)).toEqual([[1, 2, 3], [4], [7]]);
  expect(answersOf(await busy)).toEqual([rounds]);
  expect(answersOf(await plane.infer(ask('m', numbers(8))))).toEqual([8]);
});

test('a request with more rows than may ever wait is not put off but refused', async () => {
  const { plane } = await open({ 'm/1/model.onnx': takesItsTime() }, { mostQueuedRows: 2 });
  await expect(plane.infer(ask('m', numbers(1, 2, 3)))).rejects.toMatchObject({
    code: 'REQUEST_INVALID',
    message: 'the request has 3 rows, allowed are 2',
  });
});

test('a request whose time is over hears so, whether it waits or runs, and is not run any more', async () => {
  const { plane, busy } = await openBusy();
  const late = plane.infer(ask('m', numbers(1), { timeoutMs: 1 }));
  const other = plane.infer(ask('m', numbers(2)));
  await expect(late).rejects.toMatchObject({
    code: 'DEADLINE_EXCEEDED',
    message: 'there was no answer within 1 ms',
  });
  await Promise.all([busy, other]);
  expect(await codeOf(plane.infer(ask('m', numbers(rounds), { timeoutMs: 1 })))).toBe('DEADLINE_EXCEEDED');
  expect(answersOf(await plane.infer(ask('m', numbers(3))))).toEqual([3]);
  expect(plane.statistics()[0]).toMatchObject({ rows: 4, fail: { count: 2 }, success: { count: 3 } });
});

test('who has gone away is dropped from the queue, and leaves room for others', async () => {
  const { plane, busy } = await openBusy({ mostQueuedRows: 2 });
  const leaving = new AbortController();
  const gone = plane.infer(ask('m', numbers(1, 2), { signal: leaving.signal }));
  expect(await codeOf(plane.infer(ask('m', numbers(3))))).toBe('OVERLOADED');
  const reason = new Error('the connection was closed');
  leaving.abort(reason);
  await expect(gone).rejects.toBe(reason);
  expect(answersOf(await plane.infer(ask('m', numbers(3))))).toEqual([3]);
  await busy;
  expect(plane.statistics()[0]).toMatchObject({ rows: 2, fail: { count: 1 } });
  await expect(plane.infer(ask('m', numbers(1), { signal: leaving.signal }))).rejects.toBe(reason);
});

test('the more urgent is taken first, and 0 is no urgency', async () => {
  const { plane, busy } = await openBusy({ mostBatchRows: 1 });
  const order: number[] = [];
  const priorities = [9, 0, undefined, 1, 5, 1];
  await Promise.all(
    priorities.map(async (priority, i) => {
      await plane.infer(ask('m', numbers(i), priority === undefined ? {} : { priority }));
      order.push(i);
    }),
  );
  await busy;
  expect(order).toEqual([3, 5, 1, 2, 4, 0]);
});

test('a request may ask for less time than the server gives, not for more', async () => {
  const { plane } = await open({ 'm/1/model.onnx': takesItsTime() }, { timeoutMs: 50 });
  const patient = plane.infer(ask('m', numbers(rounds), { timeoutMs: 2 ** 40 }));
  await expect(patient).rejects.toMatchObject({
    code: 'DEADLINE_EXCEEDED',
    message: 'there was no answer within 50 ms',
  });
});
