import { readdirSync, readFileSync } from 'node:fs';

/** Host processes that a process started and that are still there. */
export function hostProcessesOf(parent: number): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === parent && commandOf(pid).includes('host-process'));
}

export function isAlive(pid: number): boolean {
  return parentOf(pid) !== null;
}

/** Null for a process that is gone, or only waits to be buried. */
function parentOf(pid: number): number | null {
  const stat = readProc(`/proc/${pid}/stat`);
  const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return parent === undefined || state === 'Z' ? null : Number(parent);
}

function commandOf(pid: number): string {
  return readProc(`/proc/${pid}/cmdline`);
}

function readProc(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Looks again and again, for at most 20 s. */
export async function until(holds: () => boolean): Promise<void> {
  for (const start = Date.now(); !holds(); ) {
    if (Date.now() - start > 20_000) throw new Error('it did not come about within 20 s');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
