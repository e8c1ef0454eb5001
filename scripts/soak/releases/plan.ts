import { seededRandom } from '../../../domain/stats/seeded-random.js';
import type { StackPart } from '../chaos/strike.js';

/** Steps of a release, in their order. */
export const moments = [
  'prepare',
  'test',
  'contract',
  'image',
  'scan',
  'deploy',
  'verify',
  'record',
] as const;
export type Moment = (typeof moments)[number];

const victims = ['engine', 'serving', 'orchestrator'] as const satisfies readonly StackPart[];

/** SIGKILL to one process, so long after the release came to a step. */
export interface ReleaseKill {
  readonly victim: (typeof victims)[number];
  readonly moment: Moment;
  readonly delayMs: number;
}

/** What one seed does to the release of one change of the serving code. */
export interface ReleasePlan {
  /** The change: no other seed has the same. */
  readonly threshold: number;
  readonly kills: readonly ReleaseKill[];
}

/** About as long as a step takes on a quiet machine. */
const stepMs: Readonly<Record<Moment, number>> = {
  prepare: 100,
  test: 1500,
  contract: 800,
  image: 2500,
  scan: 4000,
  deploy: 2500,
  verify: 400,
  record: 50,
};

export function planOf(seed: number): ReleasePlan {
  const random = seededRandom(seed);
  const pick = <T>(from: readonly T[]) => from[Math.floor(random() * from.length)] as T;
  const kill = (moment: Moment): ReleaseKill => ({
    moment,
    victim: pick(victims),
    delayMs: Math.floor(random() * stepMs[moment]),
  });
  const [first, last] = [pick(moments), pick(moments)];
  const struck = first === last ? [first] : [first, last];
  const inOrder = struck.toSorted((a, b) => moments.indexOf(a) - moments.indexOf(b));
  return { threshold: 0.2 + 0.6 * random(), kills: inOrder.map(kill) };
}
