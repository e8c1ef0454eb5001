import { once } from 'node:events';
import { request as openRequest } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import { type ServedPlane, servePlane } from './served-plane.js';

const mostBodyBytes = 64 * 1024;
let served: ServedPlane;
beforeEach(async () => {
  served = await servePlane({ mostBodyBytes });
});
afterEach(() => served.listening.close());

const inferPath = '/v2/models/double/infer';
const request = { inputs: [{ name: 'x', datatype: 'FP32', shape: [1, 3], data: [1, 2, 3] }] };

/** Sends text as it is and gives everything that comes back until the server ends the connection. */
async function sendRaw(text: string): Promise<string> {
  const socket = connect(served.listening.port, '127.0.0.1');
  let told = '';
  socket.setEncoding('utf8').on('data', (part: string) => {
    told += part;
  });
  socket.write(text);
  await once(socket, 'close');
  return told;
}

/** Lets no answer out until the function that it gives is called. */
function holdAnswers(): () => void {
  const gate = new AbortController();
  served.plane.gate = once(gate.signal, 'abort').then(() => undefined);
  return () => gate.abort();
}

describe('the HTTP server', () => {
  it.each([
    ['OVERLOADED', 503],
    ['DEADLINE_EXCEEDED', 503],
    ['MODEL_NOT_READY', 503],
    ['MODEL_KILLED', 503],
    ['MODEL_RUN', 500],
  ] as const)('answers %s with its status and its message', async (code, status) => {
    served.plane.failure = new RatchetError(code, 'these words');
    const told = await served.ask(inferPath, request);
    expect([told.status, told.body, told.headers.get('retry-after')]).toEqual([
      status,
      { error: 'these words' },
      status === 503 ? '1' : null,
    ]);
  });

  it('tells nothing of a defect, and logs it', async () => {
    served.plane.failure = new Error('secret: /etc/passwd');
    const { status, body } = await served.ask(inferPath, request);
    expect([status, body]).toEqual([500, { error: 'a defect of the server; its log has it' }]);
    expect(served.log.join()).toContain('secret: /etc/passwd');
  });

  it('refuses a body that is announced as too large before it is sent', async () => {
    const sender = openRequest(`${served.base}${inferPath}`, {
      method: 'POST',
      headers: { 'content-length': String(mostBodyBytes + 1) },
    });
    sender.on('error', () => undefined);
    sender.flushHeaders();
    const [response] = await once(sender, 'response');
    expect(response.statusCode).toBe(413);
    sender.destroy();
  });

  it('refuses a body that grows too large, announced or not, plain or inflated', async () => {
    const chunks = new ReadableStream({
      pull(controller) {
        controller.enqueue(Buffer.alloc(16 * 1024, 32));
      },
    });
    const endless = fetch(`${served.base}${inferPath}`, { method: 'POST', body: chunks, duplex: 'half' });
    expect((await endless).status).toBe(413);
    const { gzipSync } = await import('node:zlib');
    const bomb = gzipSync(Buffer.alloc(10_000_000, 32));
    expect(bomb.length).toBeLessThan(mostBodyBytes);
    const told = await served.ask(inferPath, bomb, { 'content-encoding': 'gzip' });
    expect([told.status, told.body]).toEqual([
      413,
      { error: `the body is larger than ${mostBodyBytes} bytes` },
    ]);
  });

  it('answers HEAD as GET without a body, and keeps the connection for the next request', async () => {
    const told = await sendRaw(
      'HEAD /v2 HTTP/1.1\r\nHost: a\r\n\r\nGET /v2/health/live?x=1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
    );
    const [head = '', get = ''] = told.split(/(?=HTTP\/1\.1)/).map((part) => part.split('\r\n\r\n')[1]);
    expect(told.match(/HTTP\/1\.1 200/g)).toHaveLength(2);
    expect([head, get]).toEqual(['', '{"live":true}']);
  });

  it.each([
    ['what is not HTTP', 'hello\r\n\r\n', '400 Bad Request', 'this is not HTTP'],
    [
      'headers that are too large',
      `GET / HTTP/1.1\r\nA: ${'a'.repeat(20_000)}\r\n\r\n`,
      '431 Request',
      'the headers are too large',
    ],
    [
      'a request without Host',
      'GET / HTTP/1.1\r\nConnection: close\r\n\r\n',
      '400 Bad Request',
      'the request has no Host header',
    ],
  ])('refuses %s with an error as everywhere', async (_, text, status, message) => {
    const told = await sendRaw(text);
    expect(told).toContain(`HTTP/1.1 ${status}`);
    expect(told.split('\r\n\r\n')[1]).toBe(JSON.stringify({ error: message }));
  });

  it('tells the data plane that whoever asked has gone', async () => {
    const open = holdAnswers();
    const sender = openRequest(`${served.base}${inferPath}`, { method: 'POST' });
    sender.on('error', () => undefined);
    sender.end(JSON.stringify(request));
    await expect.poll(() => served.plane.asked.length).toBe(1);
    expect(served.plane.asked[0]?.signal?.aborted).toBe(false);
    sender.destroy();
    await expect.poll(() => served.plane.asked[0]?.signal?.aborted).toBe(true);
    open();
  });

  it('answers what was asked before it was closed', async () => {
    const open = holdAnswers();
    const answer = served.ask(inferPath, request);
    await expect.poll(() => served.plane.asked.length).toBe(1);
    const closed = served.listening.close();
    open();
    expect((await answer).status).toBe(200);
    await closed;
    served = await servePlane();
  });
});
