import { readdirSync, readFileSync } from 'node:fs';

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** Every process of this machine, as /proc tells it. One that ends meanwhile is left out. */
export function allProcesses(): readonly Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const stat = read(`/proc/${name}/stat`);
      const parent = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
      const command = read(`/proc/${name}/cmdline`)?.replaceAll('\0', ' ').trim();
      if (parent === undefined || command === undefined) return [];
      return [{ pid: Number(name), parent: Number(parent), command }];
    });
}

/** Resident memory of a process and of all below it, in MiB. Pages that they share count for each. */
export function treeMemoryMiB(root: number): number {
  return [root, ...below(root)].reduce((total, pid) => total + residentMiB(pid), 0);
}

/** Everything that was started by a process, by what that started, and so on. */
export function below(root: number): readonly number[] {
  const children = new Map<number, number[]>();
  for (const { pid, parent } of allProcesses()) children.set(parent, [...(children.get(parent) ?? []), pid]);
  const under = (pid: number): readonly number[] =>
    (children.get(pid) ?? []).flatMap((child) => [child, ...under(child)]);
  return under(root);
}

/** Looks at the memory of a process tree every 100 ms until it is stopped; stopping gives the most that it saw. */
export function watchMemory(root: number): { stop(): number } {
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, treeMemoryMiB(root));
  }, 100);
  return {
    stop: () => {
      clearInterval(timer);
      return peak;
    },
  };
}

const pageBytes = 4096;

/** Resident memory of one process, in MiB; 0 where there is none. */
export function residentMiB(pid: number): number {
  const pages = read(`/proc/${pid}/statm`)?.split(' ')[1];
  return (Number(pages ?? 0) * pageBytes) / 2 ** 20;
}

const tickUs = 10_000;

/** Time of the processor that a process and all its threads took so far, in microseconds, by ticks of 10 ms. */
export function processorUs(pid: number): number {
  const stat = read(`/proc/${pid}/stat`);
  const [user, system] =
    stat
      ?.slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13) ?? [];
  return (Number(user ?? 0) + Number(system ?? 0)) * tickUs;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
