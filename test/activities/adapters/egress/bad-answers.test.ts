import { createServer, type Socket } from 'node:net';
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { messageOf, RatchetError } from '../../../../domain/errors/ratchet-error.js';
import { egressTo, localServer } from './local-server.js';

const quick = { connectMs: 200, headersMs: 200, wholeMs: 400 };
const mebibyte = 1024 * 1024;

async function failure(work: Promise<unknown>): Promise<string> {
  return await work.then(
    () => expect.fail('it was taken'),
    (error: unknown) =>
      error instanceof RatchetError && error.code === 'EGRESS_FAILED'
        ? error.message
        : expect.fail(messageOf(error)),
  );
}

/** A server that speaks no HTTP of its own. */
async function rawServer(greet: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('data', () => greet(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : '';
}

const brotliFast = (bytes: Buffer) =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } });

describe('an answer', () => {
  it('is read as text, with its status and headers', async () => {
    const { url } = await localServer((_, response) => {
      response.writeHead(201, { 'X-Thing': 'a', 'set-cookie': ['b', 'c'] }).end('é');
    });
    const answer = await egressTo().call({ method: 'GET', url });
    expect(answer).toMatchObject({ status: 201, body: 'é', isWhole: true });
    expect(answer.headers).toMatchObject({ 'x-thing': 'a', 'set-cookie': 'b, c' });
  });

  it.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ])('in %s is unpacked, though nobody asked for it', async (encoding, pack) => {
    const { url, seen } = await localServer((_, response) => {
      response.writeHead(200, { 'content-encoding': encoding }).end(pack('packed '.repeat(100)));
    });
    expect((await egressTo().call({ method: 'GET', url })).body).toBe('packed '.repeat(100));
    expect(seen[0]?.headers['accept-encoding']).toBe('identity');
  });

  it('is refused when it is longer than the cap, and no more is read', async () => {
    let sent = 0;
    const { url } = await localServer((_, response) => {
      const more = () => {
        while (!response.destroyed && sent < 500 * mebibyte) {
          sent += 65_536;
          if (!response.write('x'.repeat(65_536))) return response.once('drain', more);
        }
        return response.end();
      };
      more();
    });
    expect(await failure(egressTo().call({ method: 'GET', url }))).toContain('at most 1048576 bytes');
    expect(sent).toBeLessThan(50 * mebibyte);
    const short = egressTo().call({ method: 'GET', url, maxBytes: 10 });
    expect(await failure(short)).toContain('at most 10 bytes');
  });

  it.each([
    ['gzip', gzipSync],
    ['br', brotliFast],
  ])(
    'that unpacks from little %s to more than the cap is refused, and memory stays flat',
    async (encoding, pack) => {
      const bomb = pack(Buffer.alloc(256 * mebibyte));
      expect(bomb.length).toBeLessThan(mebibyte);
      const { url } = await localServer((_, response) => {
        response.writeHead(200, { 'content-encoding': encoding }).end(bomb);
      });
      const before = process.memoryUsage().rss;
      expect(await failure(egressTo().call({ method: 'GET', url }))).toContain('at most 1048576 bytes');
      expect(process.memoryUsage().rss - before).toBeLessThan(64 * mebibyte);
    },
  );

  it('that goes on for ever without unpacking to anything is refused', async () => {
    const empty = Buffer.from([0, 0, 0, 0xff, 0xff]);
    const { url } = await localServer((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.write(Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]));
      const timer = setInterval(() => response.write(Buffer.concat(new Array(20_000).fill(empty))), 1);
      response.on('close', () => clearInterval(timer));
    });
    expect(await failure(egressTo().call({ method: 'GET', url }))).toContain('at most 1048576 bytes');
  });

  it.each([
    ['an encoding that is not known', 'zstd', 'x', /encoded as gzip/],
    ['two encodings', 'gzip, gzip', gzipSync(gzipSync('x')), /encoded as gzip/],
    ['no gzip though it says so', 'gzip', 'plain', /no usable answer: Z_DATA_ERROR/],
    [
      'gzip that is cut off',
      'gzip',
      gzipSync('x'.repeat(1000)).subarray(0, 20),
      /no usable answer: Z_BUF_ERROR/,
    ],
  ])('is a failure with %s', async (_, encoding, body, why) => {
    const { url } = await localServer((_, response) => {
      response.writeHead(200, { 'content-encoding': encoding }).end(body);
    });
    expect(await failure(egressTo().call({ method: 'GET', url }))).toMatch(why);
  });

  it('counts as one with its status alone, however its body ends, where a start will do', async () => {
    const long = await localServer((_, response) => response.end('x'.repeat(5 * mebibyte)));
    const cut = await localServer((_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('begun');
      setTimeout(() => response.destroy(), 50);
    });
    const slow = await localServer((_, response) => response.writeHead(200).write('begun'));
    const broken = await localServer((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end('plain');
    });
    const call = (url: string) =>
      egressTo(undefined, { times: quick }).call({ method: 'GET', url, reads: 'start', maxBytes: 10 });
    expect(await call(long.url)).toMatchObject({ status: 200, body: 'x'.repeat(10), isWhole: false });
    expect(await call(cut.url)).toMatchObject({ status: 200, body: 'begun', isWhole: false });
    expect(await call(slow.url)).toMatchObject({ status: 200, body: 'begun', isWhole: false });
    expect(await call(broken.url)).toMatchObject({ status: 200, body: '', isWhole: false });
  });
});

describe('a service that does not answer', () => {
  const call = (url: string) => failure(egressTo(undefined, { times: quick }).call({ method: 'GET', url }));

  it('is not there', async () => {
    const { url } = await localServer();
    const free = new URL(url);
    free.port = '1';
    expect(await call(free.href)).toBe('127.0.0.1 gave no usable answer: nothing listens there');
  });

  it('has no address', async () => {
    const resolve = async () => {
      throw Object.assign(new Error('canary'), { code: 'ENOTFOUND' });
    };
    const error = failure(egressTo([], { resolve }).call({ method: 'GET', url: 'https://hooks.example/' }));
    expect(await error).toBe('hooks.example gave no usable answer: its name has no address');
    const none = failure(
      egressTo([], { resolve: async () => [] }).call({ method: 'GET', url: 'https://x.example/' }),
    );
    expect(await none).toBe('x.example gave no usable answer: its name has no address');
  });

  it('is named by a resolver that says nothing', async () => {
    const egress = egressTo([], { resolve: () => new Promise(() => undefined), times: quick });
    expect(await failure(egress.call({ method: 'GET', url: 'https://hooks.example/' }))).toMatch(
      /took too long/,
    );
  });

  it('cuts the connection before or in the middle of its answer', async () => {
    expect(await call(await rawServer((socket) => socket.destroy()))).toMatch(/the connection was cut/);
    const half = await rawServer((socket) => {
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhal');
    });
    expect(await call(half)).toMatch(/the connection was cut/);
  });

  it('speaks another protocol, or has headers without end', async () => {
    expect(await call(await rawServer((socket) => socket.end('SSH-2.0-OpenSSH\r\n')))).toMatch(
      /HTTPParserError/,
    );
    const endless = await rawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      const timer = setInterval(() => socket.write(`x: ${'y'.repeat(8000)}\r\n`), 1);
      socket.on('close', () => clearInterval(timer));
    });
    expect(await call(endless)).toMatch(/more headers than are read/);
  });

  it.each([
    ['says nothing', () => undefined, /in time|too long/],
    [
      'sends its headers letter by letter',
      (socket: Socket) => drip(socket, 'HTTP/1.1 200 OK\r\nx: '),
      /in time|too long/,
    ],
    [
      'sends its body letter by letter',
      (socket: Socket) => drip(socket, 'HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n'),
      /too long/,
    ],
  ])('%s, and is not waited for longer than the whole call may take', async (_, greet, why) => {
    const url = await rawServer(greet);
    const since = performance.now();
    expect(await call(url)).toMatch(why);
    expect(performance.now() - since).toBeLessThan(3000);
  });

  it('is asked nothing with a header that would be two', async () => {
    const { url, seen } = await localServer();
    const headers = { authorization: 'canary\r\nx-more: 1' };
    const error = await egressTo()
      .call({ method: 'GET', url, headers })
      .then(
        () => expect.fail('it was sent'),
        (found: unknown) => found,
      );
    expect(error).toMatchObject({ code: 'EGRESS_REFUSED' });
    expect(messageOf(error)).not.toContain('canary');
    expect(seen).toEqual([]);
  });
});

function drip(socket: Socket, start: string): void {
  socket.write(start);
  const timer = setInterval(() => socket.write('y'), 20);
  socket.on('close', () => clearInterval(timer));
}
