import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { answered } from '../../cli/answered.js';
import type { RunningStack } from '../../stack/start-stack.js';
import { type BenchReport, quantile } from './figures.js';
import { allProcesses } from './processes.js';
import { createTinyProject } from './tiny-project.js';
import { withStack } from './with-stack.js';

const kills = 5;
const lookMs = 5;
const patienceMs = 60_000;
const settleMs = 1500;

/** A worker is killed with SIGKILL while its training command runs; the next one is started at once. */
export async function benchRecovery(folder: string): Promise<BenchReport> {
  return withStack(join(folder, 'state'), async ({ stack, api }) => {
    const repo = await createTinyProject(join(folder, 'state', 'tiny'), { epochs: 100_000 });
    await answered(api.POST('/api/v1/projects', { body: { repo, ref: 'main' } }));
    const id = randomUUID();
    await answered(api.POST('/api/v1/runs', { body: { id, project: 'tiny', model: 'tiny' } }));
    await until(() => commandOf(repo) !== undefined);
    const tookMs: number[] = [];
    for (let kill = 0; kill < kills; kill += 1) {
      await sleep(settleMs);
      tookMs.push(await killAndWait(stack, repo));
    }
    await answered(api.POST('/api/v1/runs/{id}/cancel', { params: { path: { id } } }));
    return report(tookMs);
  });
}

/** Milliseconds from the new worker's first poll, which follows its ready line, to the training command running again. */
async function killAndWait(stack: RunningStack, repo: string): Promise<number> {
  const before = { worker: workerOf(stack), command: commandOf(repo) };
  if (before.worker === undefined || before.command === undefined)
    throw new Error('there is no training to interrupt');
  process.kill(before.worker, 'SIGKILL');
  await until(() => workerOf(stack) !== undefined && workerOf(stack) !== before.worker);
  const began = performance.now();
  await until(() => commandOf(repo) !== undefined && commandOf(repo) !== before.command);
  return performance.now() - began;
}

/** Process id of the worker that says it is ready. */
function workerOf(stack: RunningStack): number | undefined {
  const { cpu } = stack.parts();
  return cpu?.state === 'ready' ? cpu.process?.pid : undefined;
}

/** Process id of the training command, which has the folder of its repository as an argument. */
function commandOf(repo: string): number | undefined {
  return allProcesses().find(({ command }) => command === `python3 train.py ${repo}`)?.pid;
}

async function until(isTrue: () => boolean): Promise<void> {
  const giveUp = performance.now() + patienceMs;
  while (!isTrue()) {
    if (performance.now() > giveUp) throw new Error('the training did not go on');
    await sleep(lookMs);
  }
}

function report(tookMs: readonly number[]): BenchReport {
  const seconds = tookMs.map((ms) => ms / 1000);
  return {
    name: 'recovery',
    about: `a cpu worker killed with SIGKILL in the middle of a training, ${kills} times: from the new worker's first poll to the command running again`,
    figures: [
      { what: 'work goes on, median', value: quantile(seconds, 0.5), unit: 's', limit: 5 },
      { what: 'work goes on, longest', value: Math.max(...seconds), unit: 's', limit: 5 },
    ],
    notes: [],
  };
}
