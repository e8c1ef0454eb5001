import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

/** What came of asking an endpoint again and again. */
export interface Asked {
  /** Numbers that were asked about, each once, and answered. */
  readonly answers: ReadonlySet<number>;
  /** Requests that were not answered, from when to when, in words. */
  readonly failures: readonly Failure[];
}

export interface Failure {
  readonly fromMs: number;
  readonly toMs: number;
  readonly words: string;
}

export interface Asking extends Asked {
  /** The word of the answer at this moment. Throws where there is none. */
  word(): Promise<string>;
  stop(): Promise<void>;
}

const answerShape = z.object({ predictions: z.tuple([z.object({ word: z.string() })]) });
/** Numbers from here on are of these requests: what a release itself asks about is smaller. */
export const firstNumber = 1_000_000;
const clients = 2;
const pauseMs = 20;
const deadlineMs = 20_000;

/** Asks at the address of an endpoint, each time about another number, until it is stopped. */
export function askAllTheWhile(http: string): Asking {
  const answers = new Set<number>();
  const failures: Failure[] = [];
  let next = firstNumber;
  let isOver = false;
  const ask = async () => {
    next += 1;
    const x = next;
    const response = await fetch(`${http}/predict`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([{ x, y: 0 }]),
      signal: AbortSignal.timeout(deadlineMs),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`answered ${response.status}: ${text}`);
    const told = answerShape.parse(JSON.parse(text));
    answers.add(x);
    return told.predictions[0].word;
  };
  const client = async () => {
    while (!isOver) {
      const fromMs = performance.now();
      await ask().catch((error: unknown) => {
        failures.push({ fromMs, toMs: performance.now(), words: String(error) });
      });
      await sleep(pauseMs);
    }
  };
  const asking = Promise.all(Array.from({ length: clients }, client));
  return {
    answers,
    failures,
    word: ask,
    async stop() {
      isOver = true;
      await asking;
    },
  };
}
