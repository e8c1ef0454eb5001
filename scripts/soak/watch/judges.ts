import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { ownProgram } from '../../../machine/own-program.js';
import type { LookAnswer, LookOrder } from './judge-process.js';

/** How a look ended; `died` where its process did. */
export type Looked = LookAnswer | 'died';

/** Processes that judge. One that died is replaced by another. */
export interface Judges {
  /** @param seat which of them looks; @param afterMs SIGKILL so long after it was told */
  look(seat: number, order: LookOrder, afterMs?: number): Promise<Looked>;
  close(): Promise<void>;
}

export function startJudges(): Judges {
  const seats = new Map<number, ChildProcess>();
  // One waits for the seat of whoever dies: starting takes longer than looking.
  let spare = started();

  async function seated(seat: number): Promise<ChildProcess> {
    const there = seats.get(seat);
    if (there !== undefined && isAlive(there)) return there;
    const next = await spare;
    spare = started();
    seats.set(seat, next);
    return next;
  }
  return {
    async look(seat, order, afterMs) {
      const judge = await seated(seat);
      const answered = answerOf(judge);
      judge.send(order);
      if (afterMs !== undefined) {
        await sleep(afterMs);
        judge.kill('SIGKILL');
      }
      const answer = await answered;
      // What was killed once it had answered is dead too.
      if (afterMs !== undefined && isAlive(judge)) await once(judge, 'exit');
      return answer;
    },
    async close() {
      await Promise.all([...seats.values(), await spare].map(end));
    },
  };
}

/** What it says next, or that it died. */
async function answerOf(judge: ChildProcess): Promise<Looked> {
  const over = new AbortController();
  const { signal } = over;
  try {
    return await Promise.race([
      once(judge, 'message', { signal }).then(([answer]) => answer as LookAnswer),
      once(judge, 'exit', { signal }).then(() => 'died' as const),
    ]);
  } finally {
    over.abort();
  }
}

async function started(): Promise<ChildProcess> {
  const { file, execArgv } = ownProgram(import.meta.url, './judge-process');
  const judge = fork(file, { execArgv: [...execArgv], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  if ((await answerOf(judge)) === 'died') throw new Error('a judge ended before it was ready');
  return judge;
}

const isAlive = ({ exitCode, signalCode }: ChildProcess) => exitCode === null && signalCode === null;

async function end(judge: ChildProcess): Promise<void> {
  if (!isAlive(judge)) return;
  const gone = once(judge, 'exit');
  judge.kill('SIGKILL');
  await gone;
}
