import { seededRandom } from '../../../domain/stats/seeded-random.js';

/** Steps of a release to processes, in their order. */
export const moments = ['prepare', 'test', 'contract', 'deploy', 'verify', 'record'] as const;
export type Moment = (typeof moments)[number];

/** Processes of the stack, and a host: the process of the endpoint that answers, and that runs the serving code. */
export const victims = [
  'serving',
  'orchestrator',
  'endpoints',
  'host',
  'temporal',
  'postgres',
  's3',
] as const;
export type Victim = (typeof victims)[number];

/** One release of a change of the serving code, and the process that gets SIGKILL so long after a step of it began. */
export interface PlannedRelease {
  readonly moment: Moment;
  readonly victim: Victim;
  readonly delayMs: number;
}

const releasesPerSeed = 3;
/** About as long as the longer ones of these steps take. */
const longestDelayMs = 400;

/** What one seed does: releases one after the other, each with another victim. The first one's is the worker that deploys. */
export function planOf(seed: number): readonly PlannedRelease[] {
  const random = seededRandom(seed);
  const pick = <T>(from: readonly T[]) => from[Math.floor(random() * from.length)] as T;
  const struck = new Set<Victim>();
  return Array.from({ length: releasesPerSeed }, (_, at) => {
    const victim = at === 0 ? 'serving' : pick(victims.filter((name) => !struck.has(name)));
    struck.add(victim);
    return { victim, moment: pick(moments), delayMs: Math.floor(random() * longestDelayMs) };
  });
}
