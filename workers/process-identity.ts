import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';

/** `host/pid/start`: names one process for ever, since a pid alone is used again. */
export async function processIdentity(): Promise<string> {
  return `${hostname()}/${process.pid}/${await startTime(process.pid)}`;
}

/** Whether the process of an identity still runs on this host. Undefined where it belongs to another host, or is none. */
export async function stillRuns(identity: string): Promise<boolean | undefined> {
  const [host, pid, start] = identity.split('/');
  if (host !== hostname() || pid === undefined || start === undefined) return undefined;
  return (await startTime(Number(pid))) === start;
}

/** Clock ticks from boot to the start of the process, as the kernel tells it; `gone` where there is none. */
async function startTime(pid: number): Promise<string> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? 'gone';
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH'))
      return 'gone';
    throw error;
  }
}
