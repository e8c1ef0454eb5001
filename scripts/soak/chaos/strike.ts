import { identify, type ProcessIdentity, signalProcess } from '../../../machine/process-identity.js';
import type { ChaosStack } from './chaos-stack.js';
import { parts, type Target } from './plan.js';
import { treeOf } from './process-table.js';
import type { Trainer } from './process-watch.js';
import { until } from './until.js';

/** Longer than any part takes to be back, on a busy machine. */
const backPatienceMs = 90_000;

/** A part of the stack that may be killed. */
export type StackPart = (typeof parts)[number] | 'signer' | 'serving' | 'endpoints' | 'engine';

/** A process that got SIGKILL. */
export interface Strike {
  readonly target: Target | StackPart;
  readonly pid: number;
  /** Resolves when another process has taken its place, or none is needed any more. */
  back(): Promise<void>;
}

/**
 * Kills one process with SIGKILL, by the number and start time that this stack knows it under. Undefined where there is
 * none: the command of a training, or what holds it, while nothing trains.
 */
export async function strike(
  chaos: ChaosStack,
  target: Target,
  runIds: readonly string[],
): Promise<Strike | undefined> {
  const part = parts.find((name) => name === target);
  if (part !== undefined) return strikePart(chaos, part);
  return target === 'helper' ? strikeHelper(chaos) : strikeTraining(chaos, target, runIds);
}

/** The helper that has work, or else the one that is kept warm for a model file. */
function strikeHelper({ stack, watch }: ChaosStack): Strike | undefined {
  const worker = stack.parts()['cpu']?.process?.pid;
  if (worker === undefined) return undefined;
  const table = watch.look();
  const below = [...treeOf([worker], table)].flatMap((pid) => table.processes.get(pid) ?? []);
  const found = ['job-process', 'host-process'].flatMap((name) =>
    below.filter(({ command }) => command.includes(`/${name}.js`)),
  );
  const victim = found[0] && identify(found[0].pid);
  if (victim === undefined) return undefined;
  kill(victim);
  // Nothing takes its place: the step that it worked for is tried again.
  return { target: 'helper', pid: victim.pid, back: () => Promise.resolve() };
}

/** Kills the process of a part, once it is there. */
export async function strikePart({ stack }: Pick<ChaosStack, 'stack'>, target: StackPart): Promise<Strike> {
  const running = () => {
    const part = stack.parts()[target];
    return part?.state === 'ready' ? (part.process ?? undefined) : undefined;
  };
  const victim = await until(`${target} is ready`, backPatienceMs, running);
  kill(victim);
  const isOther = (found: ProcessIdentity | undefined) =>
    found?.pid === victim.pid && found.startTicks === victim.startTicks ? undefined : found;
  return {
    target,
    pid: victim.pid,
    back: async () => {
      await until(`${target} is back`, backPatienceMs, () => isOther(running()));
    },
  };
}

async function strikeTraining(
  { watch, stores }: ChaosStack,
  target: Target,
  runIds: readonly string[],
): Promise<Strike | undefined> {
  const trainer = runIds.flatMap((id) => watch.alive(id))[0];
  const pid = trainer && (target === 'trainer' ? trainer.pid : holderOf(trainer, watch));
  const victim = pid === undefined ? undefined : identify(pid);
  if (trainer === undefined || victim === undefined) return undefined;
  kill(victim);
  const another = () => watch.trainers.some((one) => one.runId === trainer.runId && isAfter(one, trainer));
  const isTrained = async () => {
    const steps = await stores.runs.steps(trainer.runId);
    return steps.some(({ name, status }) => name === 'train' && status === 'succeeded');
  };
  return {
    target,
    pid: victim.pid,
    back: async () => {
      const there = async () => another() || (await isTrained()) || undefined;
      await until('the training goes on', backPatienceMs, there);
    },
  };
}

const isAfter = (one: Trainer, other: Trainer) => one.pid !== other.pid && one.startTicks >= other.startTicks;

/** The outermost process that holds the command: the child of the worker. */
function holderOf({ pid }: Trainer, watch: ChaosStack['watch']): number | undefined {
  const { processes } = watch.look();
  let at = processes.get(pid);
  for (
    let held = at;
    held !== undefined && !held.command.includes('workers/cpu.js');
    held = processes.get(held.parent)
  ) {
    at = held;
  }
  return at?.pid;
}

function kill(victim: ProcessIdentity): void {
  if (!signalProcess(victim, 'SIGKILL'))
    throw new Error(`process ${victim.pid} was gone before it was killed`);
}
