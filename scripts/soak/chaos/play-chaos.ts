import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { answered } from '../../../cli/answered.js';
import type { ChaosStack } from './chaos-stack.js';
import { watchCheckpoints } from './checkpoints.js';
import { type Kill, type Moment, moments, planOf } from './plan.js';
import { createChaosProject } from './project.js';
import { strike } from './strike.js';
import { until } from './until.js';
import { violationsOf } from './violations.js';

/** What came of one seed. */
export interface PlayedChaos {
  readonly seed: number;
  readonly seconds: number;
  /** What was killed and when, in words. */
  readonly kills: readonly string[];
  /** Every process of a training command, in words. */
  readonly trainers: readonly string[];
  readonly endings: readonly string[];
  readonly violations: readonly string[];
}

/** Longer than the longest pause that the stack is allowed: a heartbeat that is missed, and what comes after. */
const endPatienceMs = 150_000;

/** Starts the runs of a seed, kills one process after another under them, and says which promises do not hold. */
export async function playChaos(seed: number, chaos: ChaosStack): Promise<PlayedChaos> {
  const since = performance.now();
  const plan = planOf(seed);
  const project = `chaos-${seed}`;
  const repo = await createChaosProject(join(chaos.workDir, project), project);
  await answered(chaos.api.POST('/api/v1/projects', { body: { repo, ref: 'main' } }));
  const runIds: readonly string[] = Array.from({ length: plan.runs }, () => randomUUID());
  const checkpoints = watchCheckpoints(chaos, runIds);
  const kills: string[] = [];
  const problems: string[] = [];
  try {
    kills.push(await cutStart(chaos, project, runIds, plan.cutMs));
    for (const kill of plan.kills) kills.push(await killAt(chaos, runIds, kill));
    await until(
      'the runs end',
      endPatienceMs,
      async () => (await openRuns(chaos, runIds)).length === 0 || undefined,
    );
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
  }
  await checkpoints.stop();
  const runs = await Promise.all(runIds.map((id) => chaos.stores.runs.get(id)));
  const violations = [
    ...problems,
    ...(await violationsOf(chaos, { project, runIds, kept: checkpoints.kept })),
  ];
  return {
    seed,
    seconds: (performance.now() - since) / 1000,
    kills,
    trainers: chaos.watch.trainers
      .filter(({ runId }) => runIds.includes(runId))
      .map(({ runId, pid, from }) => `${runId}: process ${pid} from epoch ${from}`),
    endings: runs.map(({ id, status, reason }) => `${id}: ${status} (${reason})`),
    violations,
  };
}

/** The gateway dies while it answers; the client sends the same again until it is answered. */
async function cutStart(
  chaos: ChaosStack,
  project: string,
  runIds: readonly string[],
  cutMs: number,
): Promise<string> {
  const send = (id: string) =>
    answered(chaos.api.POST('/api/v1/runs', { body: { id, project, model: 'tiny' } }));
  const first = Promise.allSettled(runIds.map(send));
  await sleep(cutMs);
  const struck = await strike(chaos, 'gateway', runIds);
  const answers = (await first).filter(({ status }) => status === 'fulfilled').length;
  for (const id of runIds) await until('the start is answered', endPatienceMs, () => send(id));
  await struck?.back();
  return `gateway (${struck?.pid}), ${cutMs} ms after ${runIds.length} starts were sent, of which ${answers} were answered`;
}

async function killAt(
  chaos: ChaosStack,
  runIds: readonly string[],
  { target, moment, delayMs }: Kill,
): Promise<string> {
  const words = `${target}, ${delayMs} ms into ${moment}`;
  await until(`a run comes to ${moment}`, endPatienceMs, () => isReached(chaos, runIds, moment));
  await sleep(delayMs);
  if (moment === 'train')
    await until('a training goes on', endPatienceMs, () => isReached(chaos, runIds, moment));
  const open = await openRuns(chaos, runIds);
  if (open.length === 0) return `${words}: the runs were over`;
  const step = await currentStep(chaos, open);
  const struck = await strike(chaos, target, open);
  if (struck === undefined) return `${words}: there was none`;
  const since = performance.now();
  await struck.back();
  const seconds = ((performance.now() - since) / 1000).toFixed(1);
  return `${words} (${struck.pid}, in ${step}): back after ${seconds} s`;
}

async function openRuns({ stores }: ChaosStack, runIds: readonly string[]): Promise<readonly string[]> {
  const runs = await Promise.all(runIds.map((id) => stores.runs.get(id)));
  return runs.filter(({ endedAt }) => endedAt === null).map(({ id }) => id);
}

/** True when a run has come to a step or past it, or all are over. */
async function isReached(
  chaos: ChaosStack,
  runIds: readonly string[],
  moment: Moment,
): Promise<true | undefined> {
  const open = await openRuns(chaos, runIds);
  if (open.length === 0) return true;
  const begun = (await Promise.all(open.map((id) => chaos.stores.runs.steps(id)))).flat();
  const furthest = Math.max(...begun.map(({ name }) => moments.indexOf(name as Moment)));
  const isTraining = () => open.some((id) => chaos.watch.alive(id).length > 0);
  if (moment === 'train' && furthest === moments.indexOf('train')) return isTraining() || undefined;
  return furthest >= moments.indexOf(moment) || undefined;
}

async function currentStep({ stores }: ChaosStack, runIds: readonly string[]): Promise<string> {
  const steps = (await Promise.all(runIds.map((id) => stores.runs.steps(id)))).flat();
  const running = steps.filter(({ status }) => status === 'running' || status === 'waiting');
  return running.map(({ name, attempt }) => `${name} #${attempt}`).join(' and ') || 'between steps';
}
