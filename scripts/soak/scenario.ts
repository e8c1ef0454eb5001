import type { RunStatus } from '../../domain/names.js';
import { seededRandom } from '../../domain/stats/seeded-random.js';

/** What the first commit of a seed's repository is like; the second is always well. */
const conditions = [
  'well',
  'well',
  'killed once',
  'fails',
  'no model',
  'unfaithful',
  'broken contract',
] as const;
export type Condition = (typeof conditions)[number];

/** What is played: how many runs at once, on what code, what people do. */
export interface Scenario {
  readonly condition: Condition;
  /** Runs that are started at once, for the same dataset. */
  readonly runs: number;
  /** Somebody cancels the first run at about this call of a port. */
  readonly cancelAtCall: number | null;
  /** Runs that ended without a version are resumed at the second commit. */
  readonly resume: boolean;
}

export function scenarioOf(seed: number): Scenario {
  const random = seededRandom(seed);
  const pick = (count: number) => Math.floor(random() * count);
  return {
    condition: conditions[pick(conditions.length)] ?? 'well',
    runs: random() < 0.3 ? 2 : 1,
    cancelAtCall: random() < 0.3 ? pick(120) : null,
    resume: random() < 0.5,
  };
}

/** How a run that nothing disturbs and nobody cancels ends at the first commit. */
export const undisturbed: Readonly<Record<Condition, RunStatus>> = {
  well: 'succeeded',
  'killed once': 'succeeded',
  fails: 'failed',
  'no model': 'failed',
  unfaithful: 'refused',
  'broken contract': 'refused',
};
