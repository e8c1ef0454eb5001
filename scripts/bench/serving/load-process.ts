import { connect, type Socket } from 'node:net';
import { loadGrpc, loadGrpcStream } from './load-grpc.js';
import { loadLines } from './load-lines.js';
import type { LoadAsked, LoadSeen } from './load-messages.js';

/**
 * A process that sends the same request over and over, each connection its next as soon as one is answered, and times the
 * answers. It speaks just enough HTTP to cost less than the servers that it measures.
 */
process.once('message', (asked: LoadAsked) => {
  void loads[asked.kind](asked).then((seen) => process.send?.(seen, () => process.exit(0)), fail);
});

const loads: Readonly<Record<LoadAsked['kind'], (asked: LoadAsked) => Promise<LoadSeen>>> = {
  http: play,
  grpc: loadGrpc,
  'grpc-stream': loadGrpcStream,
  lines: loadLines,
};

async function play(asked: LoadAsked): Promise<LoadSeen> {
  const timesMs: number[] = [];
  const began = performance.now();
  const warmUntil = began + asked.warmMs;
  const until = warmUntil + asked.playMs;
  await Promise.all(
    Array.from({ length: asked.connections }, () => sender(asked, timesMs, { warmUntil, until })),
  );
  return { requests: timesMs.length, tookMs: performance.now() - warmUntil, timesMs };
}

function sender(
  { port, request }: LoadAsked,
  timesMs: number[],
  { warmUntil, until }: { readonly warmUntil: number; readonly until: number },
): Promise<void> {
  const bytes = Buffer.from(request, 'base64');
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    const answers = readAnswers(socket, reject);
    let sentMs = performance.now();
    answers.each = () => {
      const now = performance.now();
      if (now > warmUntil && now <= until) timesMs.push(now - sentMs);
      if (now > until) {
        socket.destroy();
        resolve();
        return;
      }
      sentMs = now;
      socket.write(bytes);
    };
    socket.on('connect', () => socket.write(bytes));
    socket.on('error', reject);
    socket.on('close', () =>
      performance.now() < until ? reject(new Error('a server closed a connection')) : resolve(),
    );
  });
}

const headEnd = Buffer.from('\r\n\r\n');

/** Calls `each` once an answer is complete. One that is not 200 ends all. */
function readAnswers(socket: Socket, reject: (error: Error) => void): { each: () => void } {
  const reader: { each: () => void } = { each: () => undefined };
  let seen: Buffer = Buffer.alloc(0);
  socket.on('data', (piece) => {
    seen = seen.length === 0 ? piece : Buffer.concat([seen, piece]);
    const end = seen.indexOf(headEnd);
    if (end < 0) return;
    const head = seen.toString('latin1', 0, end);
    if (!head.startsWith('HTTP/1.1 200'))
      return reject(new Error(`answered ${seen.toString('latin1', 0, 300)}`));
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? Number.NaN);
    if (Number.isNaN(length)) return reject(new Error(`an answer has no length: ${head}`));
    if (seen.length < end + headEnd.length + length) return;
    seen = Buffer.alloc(0);
    reader.each();
  });
  return reader;
}

function fail(error: unknown): void {
  process.stderr.write(`the load failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
