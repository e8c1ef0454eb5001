import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DataPlane } from '../data-plane-port.js';
import type { Gone } from '../departure.js';

/** A request that found its route. */
export interface Call {
  readonly plane: DataPlane;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Names from the address, decoded. */
  readonly names: Readonly<Record<string, string>>;
  /** Aborted when whoever asked goes away before the answer. */
  readonly signal: Gone;
  /** Longest body, and longest line of a stream. */
  readonly mostBodyBytes: number;
  /** The whole body, inflated. Errors: statuses 400, 408, 413, 415. */
  body(): Promise<Buffer>;
}

export interface ContentAnswer {
  readonly status?: number | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly content: string | Buffer;
  /** Told in a header of its own. */
  readonly predictionId?: string | undefined;
}

/** Content of an answer. A stream has written its own. */
export type Answer = ContentAnswer | 'streamed';

export type Handler = (call: Call) => Answer | Promise<Answer>;

const json = { 'content-type': 'application/json' };

export function answerJson(value: unknown, status = 200): Answer {
  return { status, headers: json, content: JSON.stringify(value) };
}

/** For text that is JSON already. */
export function answerJsonText(content: string): ContentAnswer {
  return { headers: json, content };
}

/** Tells also in a header what a prediction is recorded as; not at all where it is not. */
export function withPredictionId(
  { status, headers, content }: ContentAnswer,
  predictionId: string | undefined,
): Answer {
  return { status, headers, content, predictionId };
}
