import { setTimeout as sleep } from 'node:timers/promises';
import type { Figure } from '../figures.js';
import { type Server, type ServerProgram, startServer } from './server.js';

const connections = 64;
const playMs = 6000;
/** Within the play, past its warm-up. */
const reloadsAtMs = [2500, 4000, 5500] as const;
/** What a reload may do to the slowest request, in times of the p99 without one. */
const mostTimes = 3;

/** The slowest request while the model is loaded again and again under it, against the p99 of the same load without that. */
export async function reloadFigures(program: ServerProgram, model: string): Promise<readonly Figure[]> {
  const server = await startServer(program);
  try {
    const quiet = await server.load({ connections, playMs });
    const [busy] = await Promise.all([
      server.load({ connections, playMs }),
      ...reloadsAtMs.map((atMs) => sleep(atMs).then(() => reload(server, model))),
    ]);
    const what = `slowest of ${connections} connections`;
    return [
      { what: `${what}, nothing is loaded`, value: quiet.longestMs, unit: 'ms' },
      {
        what: `${what}, ${reloadsAtMs.length} reloads`,
        value: busy.longestMs,
        unit: 'ms',
        limit: mostTimes * quiet.p99Ms,
        peer: { name: 'the p99 without', value: quiet.p99Ms },
      },
    ];
  } finally {
    await server.stop();
  }
}

async function reload({ ports }: Server, model: string): Promise<void> {
  const url = `http://127.0.0.1:${ports.http}/v2/repository/models/${model}/load`;
  const answer = await fetch(url, { method: 'POST', body: '{}' });
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`a reload was answered ${answer.status}: ${text}`);
}
