import type { RunRecord } from '../../domain/ports/runs.js';
import { commits } from './repository.js';
import { undisturbed } from './scenario.js';
import { model, project, type World } from './world.js';

/** Every promise that does not hold after the runs of a world have ended. Empty is what it should be. */
export async function violationsOf(world: World, runs: readonly RunRecord[]): Promise<string[]> {
  const found = await Promise.all(runs.map((run) => ofRun(world, run)));
  return [...found.flat(), ...(await ofDatasets(world)), ...ofLaunches(world)];
}

async function ofRun(world: World, run: RunRecord): Promise<string[]> {
  const { stores, blobs } = world;
  const [versions, steps, refusals, staged] = await Promise.all([
    stores.registry.list(project, model),
    stores.runs.steps(run.id),
    stores.runs.refusals(run.id),
    blobs.listStaged(`runs/${run.id}/`),
  ]);
  const own = versions.filter(({ runId }) => runId === run.id);
  const open = steps.filter(({ status }) => status === 'running' || status === 'waiting');
  const isOver = run.endedAt !== null;
  const claims: readonly (readonly [boolean, string])[] = [
    [isOver, `is ${run.status} and has not ended`],
    [isExpected(world, run), `ended as ${run.status} (${run.reason}), not as it would undisturbed`],
    [own.length === (run.status === 'succeeded' ? 1 : 0), `${run.status} with ${own.length} versions`],
    [open.length === 0, `has ended, and its steps ${open.map(({ name }) => name).join(', ')} have not`],
    [run.status !== 'cancelled' || staged.length === 0, `was cancelled and left ${staged.join(', ')}`],
    [run.status !== 'refused' || refusals.length > 0, 'was refused and does not say by which rule'],
    [run.status !== 'succeeded' || refusals.length === 0, 'succeeded with refusals'],
  ];
  const broken = claims.filter(([holds]) => !holds).map(([, words]) => `run ${run.id} ${words}`);
  const lacking = await Promise.all(own.map((version) => lackingObjects(world, version)));
  return [...broken, ...lacking.flat()];
}

/** A run ends as it would if nothing went wrong; one that somebody cancels may also have ended before. */
function isExpected({ scenario }: World, { status, ref, id }: RunRecord): boolean {
  const usual = ref === commits.second ? 'succeeded' : undisturbed[scenario.condition];
  const mayBeCancelled = scenario.cancelAtCall !== null && id.endsWith('-0') && ref === commits.first;
  return status === usual || (mayBeCancelled && status === 'cancelled');
}

async function lackingObjects(
  { blobs, stores }: World,
  version: Awaited<ReturnType<World['stores']['registry']['list']>>[number],
): Promise<string[]> {
  const { report } = await stores.registry.evaluation(version.evaluationId);
  const { manifest } = await stores.datasets.get(
    project,
    version.dataset.name,
    String(version.dataset.version),
  );
  const parts = { file: version.file, card: version.card, report, manifest };
  const there = await Promise.all(Object.values(parts).map((ref) => blobs.exists(ref)));
  return Object.keys(parts)
    .filter((_, index) => !there[index])
    .map((part) => `version ${version.version} has no ${part}`);
}

async function ofDatasets({ stores }: World): Promise<string[]> {
  const keys = (await stores.datasets.list(project)).map(({ name, key }) => `${name} ${key}`);
  const twice = keys.filter((key, index) => keys.indexOf(key) !== index);
  return twice.map((key) => `dataset ${key} has two versions`);
}

function ofLaunches({ launches }: World): string[] {
  const alive = [...launches.alive].filter(([, count]) => count > 0);
  return [
    ...launches.doubles.map((key) => `two programs of ${key} ran at once`),
    ...alive.map(([key]) => `a program of ${key} still runs`),
  ];
}
