import { type Process, type ProcessTable, readProcessTable, treeOf } from './process-table.js';

/** One process of the training command, as it was seen from outside. */
export interface Trainer {
  readonly runId: string;
  /** The epoch with which it began. */
  readonly from: number;
  readonly pid: number;
  readonly startTicks: number;
  /** When it was certainly alive. */
  lastSeenTicks: number;
}

export interface ProcessWatch {
  readonly trainers: readonly Trainer[];
  /** Looks now. */
  look(): ProcessTable;
  /** Trainers of a run that are alive. */
  alive(runId: string): readonly Trainer[];
  /** Processes that once came from a part of this stack, are alive, and belong to none of its parts any more. */
  orphans(): readonly Process[];
  stop(): void;
}

const everyMs = 25;

/**
 * Looks at the processes of a stack again and again. `roots` gives the process ids of its parts as they are now: nobody
 * else's processes are looked at.
 */
export function watchProcesses(roots: () => readonly number[]): ProcessWatch {
  const seen = new Map<string, Process>();
  const trainers = new Map<string, Trainer>();
  const look = () => {
    const table = readProcessTable();
    for (const pid of treeOf(roots(), table)) remember(table.processes.get(pid));
    // One whose parents are gone goes on being watched.
    for (const [key, trainer] of trainers) {
      if (keyOf(table.processes.get(trainer.pid)) === key) trainer.lastSeenTicks = table.atTicks;
    }
    return table;
  };
  const remember = (process: Process | undefined) => {
    if (process === undefined) return;
    const key = keyOf(process);
    seen.set(key, process);
    const training = /^python3 epochs\.py (\S+) (\d+)$/.exec(process.command);
    if (training === null || trainers.has(key)) return;
    const [, runId = '', from] = training;
    const { pid, startTicks } = process;
    trainers.set(key, { runId, from: Number(from), pid, startTicks, lastSeenTicks: startTicks });
  };
  const timer = setInterval(look, everyMs);
  return {
    get trainers() {
      return [...trainers.values()].toSorted((a, b) => a.startTicks - b.startTicks);
    },
    look,
    alive: (runId) => {
      const { atTicks } = look();
      return [...trainers.values()].filter(
        (trainer) => trainer.runId === runId && trainer.lastSeenTicks === atTicks,
      );
    },
    orphans: () => {
      const table = look();
      const ours = treeOf(roots(), table);
      return [...table.processes.values()].filter(
        (process) => seen.has(keyOf(process)) && !ours.has(process.pid),
      );
    },
    stop: () => clearInterval(timer),
  };
}

const keyOf = (process: Process | undefined) => `${process?.pid}/${process?.startTicks}`;
