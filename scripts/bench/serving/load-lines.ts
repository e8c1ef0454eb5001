import { type ClientRequest, type IncomingMessage, request as open } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LoadAsked, LoadSeen } from './load-messages.js';

const newline = 10;

/** Sends rows line by line on each connection, as many as go out, and counts the lines of the answers. */
export async function loadLines({
  port,
  path,
  connections,
  request,
  warmMs,
  playMs,
}: LoadAsked): Promise<LoadSeen> {
  const lines = Buffer.from(request, 'base64');
  let answered = 0;
  let failure: Error | undefined;
  const streams = Array.from({ length: connections }, () => {
    const headers = { 'content-type': 'application/x-ndjson' };
    const stream = open({ port, path, host: '127.0.0.1', method: 'POST', headers });
    stream.once('response', (response: IncomingMessage) => {
      response.on('data', (piece: Buffer) => {
        answered += linesIn(piece);
        if (piece.includes('"error"')) stream.destroy(new Error(piece.toString('utf8', 0, 300)));
      });
    });
    stream.on('error', (error) => {
      failure = error;
    });
    keepSending(stream, lines);
    return stream;
  });
  await sleep(warmMs);
  const [before, began] = [answered, performance.now()];
  await sleep(playMs);
  const seen = { requests: answered - before, tookMs: performance.now() - began, timesMs: [] };
  if (failure !== undefined) throw failure;
  for (const stream of streams) stream.destroy();
  return seen;
}

/** As many as go out, and more as soon as they do. */
function keepSending(stream: ClientRequest, lines: Buffer): void {
  const send = () => {
    while (stream.write(lines));
  };
  stream.on('drain', send);
  send();
}

function linesIn(piece: Buffer): number {
  let count = 0;
  for (let at = piece.indexOf(newline); at !== -1; at = piece.indexOf(newline, at + 1)) count += 1;
  return count;
}
