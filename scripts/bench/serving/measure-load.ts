import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { quantile } from '../figures.js';
import type { LoadAsked, LoadSeen } from './load-messages.js';

export interface LoadTerms extends Partial<Pick<LoadAsked, 'kind' | 'path'>> {
  readonly connections: number;
  readonly playMs: number;
}

/** How a server answered under one load. Of lines no times are known. */
export interface Measured {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly longestMs: number;
}

const warmMs = 1500;

/** Sends one request over and over from the second core. */
export async function measureLoad(port: number, request: Buffer, terms: LoadTerms): Promise<Measured> {
  const program = fileURLToPath(new URL('./load-process.js', import.meta.url));
  const child = spawn('taskset', ['-c', '1', process.execPath, program], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const asked: LoadAsked = { port, kind: 'http', request: request.toString('base64'), warmMs, ...terms };
  child.send(asked);
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the load ended with ${code}`);
  });
  ended.catch(() => undefined);
  const [seen] = (await Promise.race([once(child, 'message'), ended])) as [LoadSeen];
  return {
    perSecond: (seen.requests * 1000) / seen.tookMs,
    p50Ms: quantile(seen.timesMs, 0.5),
    p99Ms: quantile(seen.timesMs, 0.99),
    longestMs: quantile(seen.timesMs, 1),
  };
}
