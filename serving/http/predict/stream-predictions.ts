import type { ServerResponse } from 'node:http';
import type { Answer, Call } from '../call.js';
import { HttpRefusal } from '../http-refusal.js';
import { type Line, LineSplitter } from './line-splitter.js';

/** What has come is asked as one, up to so many rows. */
const mostLinesAtOnce = 256;

/** A line of answer, its end included, for each line of rows, in their order. */
export type AnswerLines = (lines: readonly Line[]) => Promise<readonly string[]>;

/**
 * Rows line by line, answered line by line in their order. Nothing more is read while an answer waits for the model or
 * for a reader that is slower than its sender.
 */
export async function streamPredictions(call: Call, answerLines: AnswerLines): Promise<Answer> {
  const { request, response, signal, mostBodyBytes } = call;
  if ((request.headers['content-encoding'] ?? 'identity') !== 'identity') {
    throw new HttpRefusal(415, 'a stream of rows has no content encoding');
  }
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  response.flushHeaders();
  const splitter = new LineSplitter(mostBodyBytes);
  try {
    for await (const chunk of request) await answer(call, answerLines, splitter.push(chunk as Buffer));
    await answer(call, answerLines, splitter.end());
    response.end();
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return 'streamed';
}

async function answer(
  { response, signal }: Call,
  answerLines: AnswerLines,
  lines: readonly Line[],
): Promise<void> {
  for (let from = 0; from < lines.length; from += mostLinesAtOnce) {
    const answers = await answerLines(lines.slice(from, from + mostLinesAtOnce));
    if (signal.aborted) throw signal.reason;
    if (!response.write(answers.join(''))) await roomIn(response);
  }
}

/** Resolves when more can be written, or nobody reads any more. */
function roomIn(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}
