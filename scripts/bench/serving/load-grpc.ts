import { once } from 'node:events';
import { type ClientHttp2Session, type ClientHttp2Stream, connect } from 'node:http2';
import type { LoadAsked, LoadSeen } from './load-messages.js';

const headersOf = (call: string) => ({
  ':method': 'POST',
  ':path': `/inference.GRPCInferenceService/${call}`,
  'content-type': 'application/grpc',
  te: 'trailers',
});
/** Before each message: whether it is compressed, and its length. */
const prefixBytes = 5;

/** Calls over and over on each connection. It speaks HTTP/2 itself: a client of gRPC costs as much as a server. */
export function loadGrpc(asked: LoadAsked): Promise<LoadSeen> {
  const frame = frameOf(asked);
  return load(asked, (session) => () => call(session, frame));
}

/** Sends messages over and over on one stream of each connection, the next one when one is answered. */
export function loadGrpcStream(asked: LoadAsked): Promise<LoadSeen> {
  const frame = frameOf(asked);
  return load(asked, (session) => exchangeOn(session.request(headersOf('ModelStreamInfer')), frame));
}

type Ask = () => Promise<void>;

async function load(
  { port, connections, warmMs, playMs }: LoadAsked,
  askerOf: (session: ClientHttp2Session) => Ask,
): Promise<LoadSeen> {
  const timesMs: number[] = [];
  const warmUntil = performance.now() + warmMs;
  const until = warmUntil + playMs;
  const keepAsking = async () => {
    const session = connect(`http://127.0.0.1:${port}`);
    await once(session, 'connect');
    const ask = askerOf(session);
    for (let sentMs = performance.now(); sentMs < until; ) {
      await ask();
      const now = performance.now();
      if (now > warmUntil && now <= until) timesMs.push(now - sentMs);
      sentMs = now;
    }
    session.destroy();
  };
  await Promise.all(Array.from({ length: connections }, keepAsking));
  return { requests: timesMs.length, tookMs: performance.now() - warmUntil, timesMs };
}

function frameOf({ request }: LoadAsked): Buffer {
  const message = Buffer.from(request, 'base64');
  const frame = Buffer.alloc(prefixBytes + message.length);
  frame.writeUInt32BE(message.length, 1);
  message.copy(frame, prefixBytes);
  return frame;
}

/** Rejects where the answer is an error. */
function call(session: ClientHttp2Session, frame: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const stream = session.request(headersOf('ModelInfer'));
    let isAnswered = false;
    let status: unknown;
    stream.on('data', () => {
      isAnswered = true;
    });
    stream.on('trailers', (trailers) => {
      status = trailers['grpc-status'];
    });
    stream.on('error', reject);
    stream.on('close', () =>
      isAnswered && status === '0' ? resolve() : reject(new Error(`a call ended with the status ${status}`)),
    );
    stream.end(frame);
  });
}

/** Of the field `infer_response`; an error comes in `error_message`, which goes before it. */
const answerTag = 0x12;

/** Sends, and resolves when one message has come back whole. Rejects where it is an error. */
function exchangeOn(stream: ClientHttp2Stream, frame: Buffer): Ask {
  let seen: Buffer = Buffer.alloc(0);
  let settle: { readonly resolve: () => void; readonly reject: (error: Error) => void } | undefined;
  stream.on('data', (piece: Buffer) => {
    seen = seen.length === 0 ? piece : Buffer.concat([seen, piece]);
    if (seen.length < prefixBytes) return;
    const end = prefixBytes + seen.readUInt32BE(1);
    if (seen.length < end) return;
    if (seen[prefixBytes] === answerTag) settle?.resolve();
    else settle?.reject(new Error(`answered ${seen.toString('latin1', prefixBytes, 300)}`));
    seen = seen.subarray(end);
  });
  stream.on('error', (error: Error) => settle?.reject(error));
  stream.on('close', () => settle?.reject(new Error('the stream was ended')));
  return () =>
    new Promise((resolve, reject) => {
      settle = { resolve, reject };
      stream.write(frame);
    });
}
