import { once } from 'node:events';
import { createServer } from 'node:net';
import { status } from '@grpc/grpc-js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { serveGrpc } from '../../../serving/grpc/serve-grpc.js';
import { createEchoPlane } from './echo-plane.js';
import { type GrpcRoom, openGrpcRoom } from './grpc-room.js';

let room: GrpcRoom;
beforeEach(async () => {
  room = await openGrpcRoom();
});
afterEach(() => room.close());

const slow = {
  model_name: 'slow',
  id: 'begun',
  inputs: [{ name: 'a_int32', datatype: 'INT32', shape: [1], contents: { int_contents: [5] } }],
};

test('health is what the data plane says, for the server and its service', async () => {
  for (const service of ['', 'inference.GRPCInferenceService']) {
    room.plane.ready = true;
    expect((await room.check(service)).answer).toEqual({ status: 'SERVING' });
    room.plane.ready = false;
    expect((await room.check(service)).answer).toEqual({ status: 'NOT_SERVING' });
  }
});

test('the health of another service is not found', async () => {
  expect((await room.check('other.Service')).code).toBe(status.NOT_FOUND);
});

test('whoever watches hears of every change, and of the end', async () => {
  const watch = room.watch('');
  const heard: string[] = [];
  watch.on('data', ({ status: health }) => heard.push(health));
  await vi.waitUntil(() => heard.length === 1, { timeout: 120_000 });
  room.plane.ready = false;
  await vi.waitUntil(() => heard.length === 2, { timeout: 120_000 });
  room.plane.ready = true;
  await vi.waitUntil(() => heard.length === 3, { timeout: 120_000 });
  const ended = once(watch, 'end');
  await room.close();
  await ended;
  expect(heard).toEqual(['SERVING', 'NOT_SERVING', 'SERVING', 'NOT_SERVING']);
});

test('whoever watches another service is told that it is unknown', async () => {
  const watch = room.watch('other.Service');
  expect((await once(watch, 'data'))[0]).toEqual({ status: 'SERVICE_UNKNOWN' });
  const ended = once(watch, 'error');
  watch.cancel();
  expect((await ended)[0]).toMatchObject({ code: status.CANCELLED });
});

test('closing answers the call that was begun, and takes no other', async () => {
  const { ended } = room.begin('ModelInfer', slow);
  await vi.waitUntil(() => room.plane.waiting.length === 1, { timeout: 120_000 });
  const closed = room.server.close();
  const late = await room.call('ServerLive', {}, { deadline: Date.now() + 60_000 });
  expect(late.code).toBe(status.UNAVAILABLE);
  room.plane.waiting[0]?.('answer');
  expect((await ended).answer).toMatchObject({ id: 'begun' });
  await closed;
});

test('closing answers what a stream has sent, and ends it', async () => {
  const stream = room.stream();
  const heard: string[] = [];
  stream.on('data', ({ infer_response: answer }) => heard.push(answer.id));
  const ended = once(stream, 'end');
  stream.write(slow);
  await vi.waitUntil(() => room.plane.waiting.length === 1, { timeout: 120_000 });
  const closed = room.server.close();
  room.plane.waiting[0]?.('answer');
  await ended;
  await closed;
  expect(heard).toEqual(['begun']);
});

test('closing cuts a call that does not end in time', async () => {
  const hasty = await openGrpcRoom({ drainMs: 50 });
  const { ended } = hasty.begin('ModelInfer', slow);
  await vi.waitUntil(() => hasty.plane.waiting.length === 1, { timeout: 120_000 });
  await hasty.server.close();
  expect((await ended).code).not.toBe(status.OK);
  await vi.waitUntil(() => hasty.plane.aborted.length === 1, { timeout: 120_000 });
});

test('a port that is taken is named', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as { port: number };
  await expect(serveGrpc(createEchoPlane(), { host: '127.0.0.1', port })).rejects.toMatchObject({
    code: 'PART_UNAVAILABLE',
    message: `gRPC cannot listen on 127.0.0.1:${port}`,
  });
  taken.close();
});
