import { once } from 'node:events';
import { type ClientDuplexStream, status } from '@grpc/grpc-js';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type GrpcRoom, type Message, openGrpcRoom } from './grpc-room.js';

let room: GrpcRoom;
beforeAll(async () => {
  room = await openGrpcRoom();
});
afterAll(() => room.close());

const request = (id: string, model = 'echo', number = 1) => ({
  model_name: model,
  id,
  inputs: [{ name: 'a_int32', datatype: 'INT32', shape: [1], contents: { int_contents: [number] } }],
});

/** All answers until the server ends the stream. */
async function answersOf(stream: ClientDuplexStream<object, Message>): Promise<Message[]> {
  const answers: Message[] = [];
  for await (const answer of stream) answers.push(answer);
  return answers;
}

test('a stream answers each request in order, more than are worked on at a time', async () => {
  const stream = room.stream();
  const answers = answersOf(stream);
  for (let i = 0; i < 500; i += 1) stream.write(request(`${i}`, 'echo', i));
  stream.end();
  const told = (await answers).map(({ error_message: error, infer_response: answer }) => [
    error,
    answer.id,
    answer.outputs[0].contents.int_contents[0],
  ]);
  expect(told).toEqual(Array.from({ length: 500 }, (_, i) => ['', `${i}`, i]));
});

test('an answer comes before the next request is sent', async () => {
  const stream = room.stream();
  for (const id of ['first', 'second', 'third']) {
    stream.write(request(id));
    const [answer] = await once(stream, 'data');
    expect(answer.infer_response.id).toBe(id);
  }
  stream.end();
  await once(stream, 'end');
});

test('requests that fail have their message and id, and the stream goes on', async () => {
  const stream = room.stream();
  const answers = answersOf(stream);
  stream.write(request('good'));
  stream.write(request('lost', 'nobody'));
  stream.write({ ...request('short'), inputs: [{ name: 'a_int32', datatype: 'INT32', shape: [2] }] });
  stream.write(request('secret', 'defect'));
  stream.write(request('last'));
  stream.end();
  expect((await answers).map((answer) => [answer.infer_response.id, answer.error_message])).toEqual([
    ['good', ''],
    ['lost', 'there is no model "nobody" version at all'],
    ['short', 'tensor "a_int32" has 0 elements, its shape [2] asks for 2'],
    ['secret', 'the server failed at this request'],
    ['last', ''],
  ]);
});

test('the answer says that it is the last one where the client asks for that', async () => {
  const stream = room.stream();
  const answers = answersOf(stream);
  stream.write({
    ...request('marked'),
    parameters: { triton_enable_empty_final_response: { bool_param: true } },
  });
  stream.write(request('plain'));
  stream.end();
  const [marked, plain] = await answers;
  expect(marked.infer_response.parameters).toMatchObject({ triton_final_response: { bool_param: true } });
  expect(plain.infer_response.parameters).toEqual({});
});

test('a stream takes no more requests than it works on at a time', async () => {
  const before = room.plane.requests.length;
  const stream = room.stream();
  const answers = answersOf(stream);
  for (let i = 0; i < 300; i += 1) stream.write(request(`${i}`, 'slow', i));
  stream.end();
  await vi.waitUntil(() => room.plane.waiting.length >= 64, { timeout: 120_000 });
  // Time for a 65th to come, were it taken.
  await room.call('ServerLive');
  await room.call('ServerLive');
  expect(room.plane.requests.length - before).toBe(64);
  // From the last to the first, so that those behind have their answers before their turn.
  const letGo = setInterval(() => room.plane.waiting.pop()?.('answer'), 0);
  const ids = (await answers).map(({ infer_response: answer }) => answer.id);
  clearInterval(letGo);
  expect(ids).toEqual(Array.from({ length: 300 }, (_, i) => `${i}`));
});

test('a stream that is cancelled tells the requests that wait', async () => {
  const before = room.plane.aborted.length;
  const stream = room.stream();
  const ended = once(stream, 'error').catch((error: unknown) => [error]);
  stream.write(request('a', 'slow'));
  stream.write(request('b', 'slow'));
  await vi.waitUntil(() => room.plane.waiting.length >= 2, { timeout: 120_000 });
  stream.cancel();
  expect((await ended)[0]).toMatchObject({ code: status.CANCELLED });
  await vi.waitUntil(() => room.plane.aborted.length === before + 2, { timeout: 120_000 });
  room.plane.waiting.length = 0;
  expect(room.defects.filter((defect) => !String(defect).includes('hunter2'))).toEqual([]);
});
