import { status } from '@grpc/grpc-js';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type GrpcRoom, openGrpcRoom } from './grpc-room.js';

let room: GrpcRoom;
beforeAll(async () => {
  room = await openGrpcRoom();
});
afterAll(() => room.close());

const message = (model: string, parameters: object = {}) => ({
  model_name: model,
  parameters,
  inputs: [{ name: 'a_int32', datatype: 'INT32', shape: [1], contents: { int_contents: [1] } }],
});
const inMs = (ms: number) => ({ deadline: Date.now() + ms });
const asked = () => room.plane.requests.at(-1);

test('a call without a deadline leaves the time to the server', async () => {
  await room.call('ModelInfer', message('echo'));
  expect(asked()).not.toHaveProperty('timeoutMs');
  expect(asked()).not.toHaveProperty('priority');
});

test('the deadline of a call is the time of its request', async () => {
  await room.call('ModelInfer', message('echo'), inMs(600_000));
  expect(asked()?.timeoutMs).toBeGreaterThan(0);
  expect(asked()?.timeoutMs).toBeLessThanOrEqual(600_000);
});

test('a timeout in microseconds counts where it is shorter than the deadline', async () => {
  await room.call('ModelInfer', message('echo', { timeout: { int64_param: 2500 } }), inMs(600_000));
  expect(asked()?.timeoutMs).toBe(2.5);
  await room.call('ModelInfer', message('echo', { timeout: { uint64_param: '18446744073709551615' } }));
  expect(asked()?.timeoutMs).toBe(2 ** 31 - 1);
  await room.call('ModelInfer', message('echo', { timeout: { int64_param: 0 } }));
  expect(asked()).not.toHaveProperty('timeoutMs');
});

test.each([
  [{ uint64_param: 1 }, 1],
  [{ int64_param: 7 }, 7],
  [{ uint64_param: 0 }, undefined],
])('the priority %j is %s', async (priority, expected) => {
  await room.call('ModelInfer', message('echo', { priority }));
  expect(asked()?.priority).toBe(expected);
});

test('parameters that are not reserved change no answer', async () => {
  const plain = await room.call('ModelInfer', message('echo'));
  const colours = {
    colour: { string_param: 'red' },
    n: { double_param: 1.5 },
    sequence_id: { int64_param: 0 },
  };
  expect(await room.call('ModelInfer', message('echo', colours))).toEqual(plain);
});

test('a call whose time is over is told so', async () => {
  const { code } = await room.call('ModelInfer', message('slow'), inMs(300));
  expect(code).toBe(status.DEADLINE_EXCEEDED);
});

test('a request whose own timeout is over is told so', async () => {
  const { code, details } = await room.call(
    'ModelInfer',
    message('slow', { timeout: { int64_param: 1000 } }),
  );
  expect(code).toBe(status.DEADLINE_EXCEEDED);
  expect(details).toBe('there was no answer in 1 ms');
});

test('a call that is cancelled tells the request that waits', async () => {
  const waiting = room.plane.waiting.length;
  const aborted = room.plane.aborted.length;
  const { call, ended } = room.begin('ModelInfer', message('slow'));
  await vi.waitUntil(() => room.plane.waiting.length > waiting, { timeout: 120_000 });
  call.cancel();
  expect((await ended).code).toBe(status.CANCELLED);
  await vi.waitUntil(() => room.plane.aborted.length > aborted, { timeout: 120_000 });
  expect(room.plane.aborted.at(-1)?.model).toBe('slow');
  expect(room.defects).toEqual([]);
});

test('a call that is answered is no cancelled one', async () => {
  await room.call('ModelInfer', message('echo'));
  const request = asked();
  await room.call('ServerLive');
  expect(request?.signal?.aborted).toBe(false);
});
