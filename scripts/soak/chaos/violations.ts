import { setTimeout as sleep } from 'node:timers/promises';
import { workflowIds } from '../../../domain/names.js';
import type { ChaosStack } from './chaos-stack.js';
import type { Kept } from './checkpoints.js';
import type { ProcessWatch, Trainer } from './process-watch.js';

/** The runs of a seed, and what was seen of them. */
export interface Seen {
  readonly project: string;
  readonly runIds: readonly string[];
  readonly kept: readonly Kept[];
}

/** What is on its way out when the runs end may take so long. */
const settlePatienceMs = 15_000;
const settleLookMs = 100;

/** Every promise that does not hold after the runs of a seed. Empty is what it should be. */
export async function violationsOf(chaos: ChaosStack, seen: Seen): Promise<readonly string[]> {
  const leftovers = await afterSettling(() => leftoversOf(chaos, seen));
  return [
    ...(await Promise.all(seen.runIds.map((id) => ofRun(chaos, seen, id)))).flat(),
    ...(await ofProject(chaos, seen)),
    ...seen.runIds.flatMap((id) => ofTrainers(chaos.watch, seen, id)),
    ...leftovers,
  ];
}

async function ofRun(
  { stores, blobs, temporal }: ChaosStack,
  { project }: Seen,
  id: string,
): Promise<string[]> {
  const run = await stores.runs.get(id);
  const steps = await stores.runs.steps(id);
  const open = steps.filter(({ status }) => status !== 'succeeded');
  const versions = (await stores.registry.list(project)).filter(({ runId }) => runId === id);
  const executions = await count(temporal, `WorkflowId = "${workflowIds.trainModel(project, 'tiny', id)}"`);
  const claims: readonly (readonly [boolean, string])[] = [
    [run.status === 'succeeded', `is ${run.status} (${run.reason})`],
    [versions.length === 1, `has ${versions.length} versions`],
    [
      open.length === 0,
      `has steps that did not succeed: ${open.map(({ name, status }) => `${name} ${status}`)}`,
    ],
    [executions === 1, `has ${executions} workflows`],
  ];
  const lacking = await Promise.all(
    versions.map(async ({ file, card, evaluationId }) => {
      const { report } = await stores.registry.evaluation(evaluationId);
      const there = await Promise.all([file, card, report].map((ref) => blobs.exists(ref)));
      return there.every(Boolean) ? [] : [`run ${id} has a version without its objects`];
    }),
  );
  return [...claims.filter(([holds]) => !holds).map(([, words]) => `run ${id} ${words}`), ...lacking.flat()];
}

async function ofProject({ stores, blobs }: ChaosStack, { project, runIds }: Seen): Promise<string[]> {
  const { runs } = await stores.runs.list({ project });
  const datasets = await stores.datasets.list(project);
  const manifests = await Promise.all(datasets.map(({ manifest }) => blobs.exists(manifest)));
  const claims: readonly (readonly [boolean, string])[] = [
    [runs.length === runIds.length, `${runs.length} runs were made of ${runIds.length}`],
    [datasets.length === 1, `${datasets.length} dataset versions were made of one key`],
    [manifests.every(Boolean), 'a dataset version has no manifest'],
  ];
  return claims.filter(([holds]) => !holds).map(([, words]) => words);
}

function ofTrainers(watch: ProcessWatch, { kept }: Seen, id: string): string[] {
  const trainers = watch.trainers.filter(({ runId }) => runId === id);
  const words = ({ pid, from }: Trainer) => `trainer ${pid} (from epoch ${from})`;
  const together = trainers.flatMap((one, index) =>
    trainers
      .slice(index + 1)
      .filter((next) => next.startTicks < one.lastSeenTicks)
      .map((next) => `run ${id}: ${words(next)} began while ${words(one)} was alive`),
  );
  const again = trainers.flatMap((one) => {
    const before = kept.filter(({ runId, atTicks }) => runId === id && atTicks < one.startTicks);
    const epoch = Math.max(-1, ...before.map((checkpoint) => checkpoint.epoch));
    return one.from > epoch
      ? []
      : [`run ${id}: ${words(one)} did again what a kept checkpoint of epoch ${epoch} had`];
  });
  return [
    ...(trainers.length === 0 ? [`run ${id} was trained by nobody that was seen`] : []),
    ...together,
    ...again,
  ];
}

/** What must be gone when the runs have ended: processes, staging, workflows that are open. */
async function leftoversOf(chaos: ChaosStack, { project, runIds }: Seen): Promise<readonly string[]> {
  const { watch, blobs, temporal, stack } = chaos;
  const alive = runIds.flatMap((id) => watch.alive(id));
  const staged = (await Promise.all(runIds.map((id) => blobs.listStaged(`runs/${id}/`)))).flat();
  const running = (prefix: string) =>
    count(temporal, `ExecutionStatus = "Running" AND WorkflowId STARTS_WITH "${prefix}/${project}/"`);
  const open = (await running('train')) + (await running('dataset'));
  const down = Object.entries(stack.parts()).filter(([, { state }]) => state !== 'ready');
  return [
    ...alive.map(({ pid, runId }) => `run ${runId}: trainer ${pid} is alive`),
    ...watch.orphans().map(({ pid, command }) => `process ${pid} is left: ${command}`),
    ...staged.map((key) => `${key} is left in staging`),
    ...(open === 0 ? [] : [`${open} workflows are open`]),
    ...down.map(([name, { state }]) => `${name} is ${state}`),
  ];
}

/** What is still there when the time for it to go is over. */
async function afterSettling(look: () => Promise<readonly string[]>): Promise<readonly string[]> {
  for (const giveUp = performance.now() + settlePatienceMs; ; await sleep(settleLookMs)) {
    const left = await look();
    if (left.length === 0 || performance.now() > giveUp) return left;
  }
}

async function count(temporal: ChaosStack['temporal'], query: string): Promise<number> {
  return (await temporal.workflow.count(query)).count;
}
