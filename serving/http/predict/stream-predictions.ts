import { once } from 'node:events';
import type { Answer, Call } from '../call.js';
import { HttpRefusal } from '../http-refusal.js';
import { answerLines } from './answer-lines.js';
import { type Line, LineSplitter } from './line-splitter.js';
import type { Target } from './predict-rows.js';

/** What has come is asked as one, up to so many rows. */
const mostLinesAtOnce = 256;

/**
 * Rows line by line, answered line by line in their order. Nothing more is read while an answer waits for the model or
 * for a reader that is slower than its sender.
 */
export async function streamPredictions(call: Call, target: Target): Promise<Answer> {
  const { request, response, signal, mostBodyBytes } = call;
  if ((request.headers['content-encoding'] ?? 'identity') !== 'identity') {
    throw new HttpRefusal(415, 'a stream of rows has no content encoding');
  }
  // An unknown model is told before the stream begins.
  call.plane.find(target.model, target.version);
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  response.flushHeaders();
  const splitter = new LineSplitter(mostBodyBytes);
  try {
    for await (const chunk of request) await answer(call, target, splitter.push(chunk as Buffer));
    await answer(call, target, splitter.end());
    response.end();
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return 'streamed';
}

async function answer(
  { plane, response, signal }: Call,
  target: Target,
  lines: readonly Line[],
): Promise<void> {
  for (let from = 0; from < lines.length; from += mostLinesAtOnce) {
    const answers = await answerLines(plane, target, lines.slice(from, from + mostLinesAtOnce));
    if (!response.write(answers.join(''))) await once(response, 'drain', { signal });
  }
}
