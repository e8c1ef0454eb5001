import { readdirSync, readFileSync } from 'node:fs';

/** A process of this machine. Its number and its start name it for ever. */
export interface Process {
  readonly pid: number;
  readonly parent: number;
  /** Clock ticks from boot to its start. */
  readonly startTicks: number;
  readonly command: string;
}

export interface ProcessTable {
  /** Before the first process was looked at, in the ticks of `startTicks`. */
  readonly atTicks: number;
  readonly processes: ReadonlyMap<number, Process>;
}

const ticksPerSecond = 100;

/** Every process that is alive, as /proc tells it. One that ends meanwhile is left out. */
export function readProcessTable(): ProcessTable {
  const atTicks = Math.floor(Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]) * ticksPerSecond);
  const found = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)));
  return { atTicks, processes: new Map(found.map((process) => [process.pid, process])) };
}

/** These processes and all below them. */
export function treeOf(roots: readonly number[], { processes }: ProcessTable): ReadonlySet<number> {
  const isBelow = new Map<number, boolean>(roots.map((pid) => [pid, true]));
  const look = (pid: number): boolean => {
    const known = isBelow.get(pid);
    if (known !== undefined) return known;
    const parent = processes.get(pid)?.parent;
    const answer = parent === undefined ? false : look(parent);
    isBelow.set(pid, answer);
    return answer;
  };
  return new Set([...processes.keys()].filter(look));
}

function readProcess(pid: number): Process[] {
  const stat = read(`/proc/${pid}/stat`);
  const command = read(`/proc/${pid}/cmdline`);
  // The second field is the program's name in brackets and may hold anything.
  const [state, parent, ...rest] = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? [];
  if (command === undefined || state === undefined || 'ZX'.includes(state)) return [];
  return [
    {
      pid,
      parent: Number(parent),
      startTicks: Number(rest[17]),
      command: command.replaceAll('\0', ' ').trim(),
    },
  ];
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH') return undefined;
    throw error;
  }
}
