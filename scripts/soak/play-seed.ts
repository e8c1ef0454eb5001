import { readdir } from 'node:fs/promises';
import type { RunRecord } from '../../domain/ports/runs.js';
import type { Fault } from './faults.js';
import type { SplitFiles } from './made-files.js';
import { playActivity } from './play-activity.js';
import { playTrainModel } from './play-story.js';
import { commits } from './repository.js';
import type { Scenario } from './scenario.js';
import { violationsOf } from './violations.js';
import { createWorld, endLateAttempts, model, project, type World } from './world.js';

/** What came of one seed. */
export interface Played {
  readonly seed: number;
  readonly scenario: Scenario;
  readonly faults: readonly Fault[];
  readonly endings: readonly string[];
  readonly violations: readonly string[];
}

/** Plays the runs of a seed to their ends, disturbed, and says which promises do not hold. */
export async function playSeed(seed: number, files: SplitFiles): Promise<Played> {
  const world = await createWorld(seed, files);
  try {
    const started = await Promise.all(
      Array.from({ length: world.scenario.runs }, (_, index) => createRun(world, index)),
    );
    await Promise.all(started.map((run) => playRound(world, run)));
    if (world.scenario.resume) await resume(world, started);
    await endLateAttempts(world);
    await playActivity(world, 'sweepStaging', 'after', undefined as never);
    await endLateAttempts(world);
    const runs = await Promise.all(started.map(({ id }) => world.stores.runs.get(id)));
    const violations = [
      ...(await violationsOf(world, runs)),
      ...world.evaluations.doubles(),
      ...(await readdir(world.workDir)).map((name) => `${name} is left in the work folder`),
    ];
    const endings = runs.map(({ id, status, round }) => `${id}: ${status} in round ${round}`);
    return { seed, scenario: world.scenario, faults: world.faults, endings, violations };
  } finally {
    await world.close();
  }
}

async function createRun(world: World, index: number): Promise<RunRecord> {
  const { run } = await world.stores.runs.create({
    id: `run-${index}`,
    project,
    model,
    ref: commits.first,
    variant: null,
    causes: [],
  });
  return run;
}

/** The first run may be cancelled, in its first round. */
async function playRound(world: World, { id, round }: RunRecord): Promise<void> {
  const cancellation = new AbortController();
  const { cancelAtCall } = world.scenario;
  if (cancelAtCall !== null && id === 'run-0' && round === 0) {
    world.atCall(cancelAtCall, () => cancellation.abort());
  }
  await playTrainModel(world, { project, model, runId: id, round }, cancellation);
}

/** Nobody resumes a run while attempts of its last round still go on: they are told to end when their round does. */
async function resume(world: World, started: readonly RunRecord[]): Promise<void> {
  await endLateAttempts(world);
  const runs = await Promise.all(started.map(({ id }) => world.stores.runs.get(id)));
  const ended = runs.filter(({ status }) => status !== 'succeeded');
  const by = { by: 'somebody', at: '2024-05-01T00:00:00.000Z' };
  const reopened = await Promise.all(ended.map(({ id }) => world.stores.runs.reopen(id, commits.second, by)));
  await Promise.all(reopened.map((run) => playRound(world, run)));
}
