import { once } from 'node:events';
import { type ClientHttp2Session, connect } from 'node:http2';
import type { LoadAsked, LoadSeen } from './load-messages.js';

const headers = {
  ':method': 'POST',
  ':path': '/inference.GRPCInferenceService/ModelInfer',
  'content-type': 'application/grpc',
  te: 'trailers',
};

/** Calls over and over on each connection. It speaks HTTP/2 itself: a client of gRPC costs as much as a server. */
export async function loadGrpc({ port, connections, request, warmMs, playMs }: LoadAsked): Promise<LoadSeen> {
  const message = Buffer.from(request, 'base64');
  const frame = Buffer.alloc(5 + message.length);
  frame.writeUInt32BE(message.length, 1);
  message.copy(frame, 5);
  const timesMs: number[] = [];
  const warmUntil = performance.now() + warmMs;
  const until = warmUntil + playMs;
  const keepCalling = async () => {
    const session = connect(`http://127.0.0.1:${port}`);
    await once(session, 'connect');
    for (let sentMs = performance.now(); sentMs < until; ) {
      await call(session, frame);
      const now = performance.now();
      if (now > warmUntil && now <= until) timesMs.push(now - sentMs);
      sentMs = now;
    }
    session.destroy();
  };
  await Promise.all(Array.from({ length: connections }, keepCalling));
  return { requests: timesMs.length, tookMs: performance.now() - warmUntil, timesMs };
}

/** Rejects where the answer is an error. */
function call(session: ClientHttp2Session, frame: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const stream = session.request(headers);
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
