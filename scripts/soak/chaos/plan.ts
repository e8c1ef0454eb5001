import { seededRandom } from '../../../domain/stats/seeded-random.js';

/** Steps of a run that makes its dataset, in their order. */
export const moments = [
  'prepare',
  'collect',
  'build',
  'prove',
  'publish',
  'train',
  'evaluate',
  'register',
] as const;
export type Moment = (typeof moments)[number];

export const parts = ['temporal', 'postgres', 's3', 'gateway', 'orchestrator', 'cpu'] as const;
/**
 * Processes that come and go: the command of a training, what holds it, and the helper of a worker that reads data or
 * runs a model file.
 */
const passing = ['trainer', 'sandbox', 'helper'] as const;
const targets = [...parts, ...passing] as const;
export type Target = (typeof targets)[number];

/** SIGKILL to one process, so long after the first run came to a step. */
export interface Kill {
  readonly target: Target;
  readonly moment: Moment;
  readonly delayMs: number;
}

/** What one seed does to its runs. */
export interface Plan {
  /** Runs of the same model at the same commit, so that they share one dataset. */
  readonly runs: number;
  /** The gateway is killed so long after the requests that start the runs are sent. */
  readonly cutMs: number;
  /** One after the other, each another process: each waits until the one before is back. */
  readonly kills: readonly Kill[];
}

/** As long as the training takes where nothing interrupts it. */
export const epochs = 45;
export const secondsPerEpoch = 0.1;
const shortStepMs = 300;
/** Steps in which a worker has a helper. */
const helped = ['collect', 'build', 'prove', 'evaluate'] as const;
/** The gateway is killed as it is asked for the runs; a part that dies often is started again ever later. */
const killsPerSeed = 4;
/** About as long as the gateway takes to store a run and to start it. */
const longestCutMs = 150;

export function planOf(seed: number): Plan {
  const random = seededRandom(seed);
  const pick = <T>(from: readonly T[]) => from[Math.floor(random() * from.length)] as T;
  const struck = new Set<Target>(['gateway']);
  const kill = (): Omit<Kill, 'delayMs'> => {
    const target = pick(targets.filter((name) => !struck.has(name)));
    struck.add(target);
    if (target === 'helper') return { target, moment: pick(helped) };
    const inTraining = target === 'trainer' || target === 'sandbox' || random() < 0.5;
    return { target, moment: inTraining ? 'train' : pick(moments) };
  };
  const kills = Array.from({ length: killsPerSeed }, kill);
  const trainingMs = epochs * secondsPerEpoch * 1000;
  // Together they are not longer than the training, so that most of them come while it goes on.
  const shareMs = trainingMs / kills.filter(({ moment }) => moment === 'train').length;
  return {
    runs: random() < 0.5 ? 2 : 1,
    cutMs: Math.floor(random() * longestCutMs),
    kills: kills
      .map((one) => ({
        ...one,
        delayMs: Math.floor(random() * (one.moment === 'train' ? shareMs : shortStepMs)),
      }))
      .toSorted((a, b) => moments.indexOf(a.moment) - moments.indexOf(b.moment)),
  };
}
