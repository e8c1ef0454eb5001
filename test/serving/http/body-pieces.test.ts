import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ServedPlane, servePlane } from './served-plane.js';

let served: ServedPlane;
beforeAll(async () => {
  served = await servePlane();
});
afterAll(() => served.listening.close());

const path = '/v2/models/double/infer';
const bodyOf = (...data: number[]) =>
  JSON.stringify({ inputs: [{ name: 'x', datatype: 'FP32', shape: [1, 3], data }] });
const withLength = (body: string, last = true) =>
  `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n${last ? 'connection: close\r\n' : ''}\r\n${body}`;
const inChunks = (...chunks: string[]) =>
  `POST ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n${chunks.join('')}`;
const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;

/** Sends each piece in a packet of its own; gives what came until the server ended the connection. */
async function send(...pieces: string[]): Promise<string> {
  const socket = connect({ port: served.listening.port, host: '127.0.0.1', noDelay: true });
  let told = '';
  socket.setEncoding('utf8').on('data', (part: string) => {
    told += part;
  });
  const closed = once(socket, 'close');
  await once(socket, 'connect');
  for (const piece of pieces) {
    socket.write(piece);
    await new Promise(setImmediate);
    await new Promise(setImmediate);
  }
  await closed;
  return told;
}

const answersOf = (told: string) => [...told.matchAll(/"data":\[([^\]]*)\]/g)].map(([, data]) => data);
const statusesOf = (told: string) =>
  [...told.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => Number(status));

const body = bodyOf(1, 2, 3);
const whole = withLength(body);
const half = Math.floor(body.length / 2);

test.each([
  ['in one piece with its head', [whole]],
  ['after its head', [whole.slice(0, -body.length), body]],
  ['in two pieces, of which one is with its head', [whole.slice(0, -half), whole.slice(-half)]],
  ['byte by byte', [whole.slice(0, -body.length), ...body]],
  ['in one chunk, in one piece', [inChunks(chunk(body), chunk(''))]],
  ['in two chunks and pieces', [inChunks(chunk(body.slice(0, half))), chunk(body.slice(half)), chunk('')]],
] as const)('a body that comes %s is answered', async (_how, pieces) => {
  const told = await send(...pieces);
  expect(statusesOf(told)).toEqual([200]);
  expect(answersOf(told)).toEqual(['2,4,6']);
});

test('requests that come in one piece are answered each with its own, in their order', async () => {
  const requests = [1, 2, 3, 4, 5].map((n) => withLength(bodyOf(n, 0, 0), n === 5));
  const told = await send(requests.join(''));
  expect(statusesOf(told)).toEqual([200, 200, 200, 200, 200]);
  expect(answersOf(told)).toEqual(['2,0,0', '4,0,0', '6,0,0', '8,0,0', '10,0,0']);
});

test('no body at all, and one that is announced as none, are no JSON', async () => {
  const head = `POST ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n`;
  for (const request of [`${head}\r\n`, `${head}content-length: 0\r\n\r\n`]) {
    const told = await send(request);
    expect(told).toMatch(/HTTP\/1\.1 400 [\s\S]*the body is not JSON/);
  }
});

test('a body that stops being HTTP in its midst ends with an answer, in one piece or two', async () => {
  const wrong = 'zz\r\n';
  const pieces = [[inChunks(chunk(body), wrong)], [inChunks(chunk(body)), wrong]];
  for (const sent of pieces) expect(statusesOf(await send(...sent))).toEqual([400]);
  expect(served.log).toEqual([]);
});
