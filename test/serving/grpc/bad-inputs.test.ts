import { gzipSync } from 'node:zlib';
import { status } from '@grpc/grpc-js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { badCalls } from './bad-calls.js';
import { badRequests, echo, one, raw, rawHead } from './bad-requests.js';
import { type GrpcRoom, openGrpcRoom } from './grpc-room.js';

let room: GrpcRoom;
beforeAll(async () => {
  room = await openGrpcRoom({ maxBytes: 100_000 });
});
afterAll(() => room.close());

const { INVALID_ARGUMENT, RESOURCE_EXHAUSTED, UNIMPLEMENTED } = status;

test.each(badRequests)('ModelInfer with %s is refused', async (_, message, code, details) => {
  expect(await room.call('ModelInfer', message)).toEqual({ code, details, answer: undefined });
});

test.each(badCalls)('%s is refused', async (_, method, message, code, details) => {
  expect(await room.call(method, message)).toEqual({ code, details, answer: undefined });
});

test.each([
  ['bytes that are no message', Buffer.from([0x2a, 0x64, 0x01])],
  ['contents that break off', Buffer.from([0x3a, 0x05, 0x65])],
  ['a wire type that does not exist', Buffer.from([0x0f])],
])('%s are refused as no message', async (_, bytes) => {
  expect(await room.callBytes('ModelInfer', bytes)).toEqual({
    code: INVALID_ARGUMENT,
    details: 'the bytes are not a message of this call',
    answer: undefined,
  });
});

test('a message above the limit is refused, and the next one answered', async () => {
  const large = await room.call(
    'ModelInfer',
    raw(rawHead('float32', 'FP32', [50_000]), Buffer.alloc(200_000)),
  );
  expect(large.code).toBe(RESOURCE_EXHAUSTED);
  expect((await room.call('ModelInfer', echo({ inputs: [one] }))).code).toBe(0);
});

test('a small message that unpacks above the limit is refused', async () => {
  expect(gzipSync(Buffer.alloc(200_000)).byteLength).toBeLessThan(1000);
  const packed = await openGrpcRoom({ maxBytes: 100_000 });
  const message = raw(rawHead('float32', 'FP32', [50_000]), Buffer.alloc(200_000));
  const { code } = await packed.callPacked('ModelInfer', message);
  expect(code).toBe(RESOURCE_EXHAUSTED);
  await packed.close();
});

test('a name of ten thousand letters is refused in a message of a bounded length', async () => {
  const name = 'n'.repeat(10_000);
  const { code, details } = await room.call('ModelInfer', echo({ inputs: [{ ...one, name }] }));
  expect(code).toBe(INVALID_ARGUMENT);
  expect(details.length).toBeLessThan(1100);
});

test('a call that does not exist is told so', async () => {
  expect((await room.callBytes('ModelDream', Buffer.alloc(0))).code).toBe(UNIMPLEMENTED);
});

test('the reason of a defect is told to the server and not to the caller', async () => {
  const before = room.defects.length;
  const { details } = await room.call('ModelInfer', { model_name: 'defect' });
  expect(details).not.toMatch(/hunter2|worker\.js/);
  expect(room.defects.slice(before).map(String)).toEqual([expect.stringContaining('hunter2')]);
});
