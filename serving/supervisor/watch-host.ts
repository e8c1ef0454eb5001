import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { askHealth } from './host-health.js';
import type { HostProcess } from './host-process.js';

const lookMs = 5000;
/** A host that is busy for a while is not dead. */
const missesAllowed = 3;

/** Looks after a host until the signal. Resolves with why it cannot go on, or null where it was the signal. */
export async function watchHost(
  { identity }: HostProcess,
  http: string,
  memoryMiB: number,
  signal: AbortSignal,
): Promise<string | null> {
  let missed = 0;
  while (await pause(signal)) {
    const usedMiB = await residentMiB(identity?.pid);
    if (usedMiB > memoryMiB) return `it used ${usedMiB} MiB of memory, ${memoryMiB} are allowed`;
    const reason = await askHealth(http, 'live');
    missed = reason === null ? 0 : missed + 1;
    if (missed >= missesAllowed) return reason;
  }
  return null;
}

const pause = (signal: AbortSignal) => sleep(lookMs, true, { signal, ref: false }).catch(() => false);

/** What a process keeps in memory; 0 where there is none. */
async function residentMiB(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Math.round(Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024);
}
