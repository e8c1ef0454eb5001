import type { IncidentKind } from '../../../domain/monitoring/incident-kinds.js';
import { type Random, seededRandom } from '../../../domain/stats/seeded-random.js';

/** What becomes of the world for a while, and which incident that is. */
export const episodeKinds = {
  benign: { incident: 'covariate-drift', cause: 'model:1', asksForRun: false },
  harmful: { incident: 'harmful-drift', cause: 'model:1', asksForRun: true },
  concept: { incident: 'concept-drift', cause: 'model:1', asksForRun: true },
  'other-units': { incident: 'data-skew', cause: 'skew:unit-change', asksForRun: false },
} as const satisfies Record<
  string,
  { readonly incident: IncidentKind; readonly cause: string; readonly asksForRun: boolean }
>;
export type EpisodeKind = keyof typeof episodeKinds;

/** Days from `from` on, before `to`. */
export interface Episode {
  readonly kind: EpisodeKind;
  readonly from: number;
  readonly to: number;
}

/** A SIGKILL in the midst of a look: to the judge at one of its calls to a store, or after a while; or to Postgres. */
export type PlannedKill =
  | { readonly victim: 'judge'; readonly call: number; readonly when: 'before' | 'after' }
  | { readonly victim: 'judge'; readonly afterMs: number }
  | { readonly victim: 'postgres'; readonly afterMs: number };

/** What one seed does, day by day. Days count from 0. */
export interface WatchPlan {
  readonly seed: number;
  readonly days: number;
  readonly rowsADay: number;
  readonly episodes: readonly Episode[];
  /** Days on which nothing is asked. */
  readonly silent: ReadonlySet<number>;
  /** Days on which nobody looks. */
  readonly unwatched: ReadonlySet<number>;
  /** Days on which two judges look at once. */
  readonly doubled: ReadonlySet<number>;
  readonly kills: ReadonlyMap<number, PlannedKill>;
  /** Share of rows whose truth never comes, 0..1. */
  readonly neverShare: number;
}

/** As many calls as a look at two windows makes. */
const callsOfALook = 24;
const longestLookMs = 250;
/** Until an incident has closed, and the truth of its last days is judged. */
const recoveryDays = 14;

/** @param days at least 20 */
export function planOf(seed: number, days: number): WatchPlan {
  const random = seededRandom(seed);
  const whole = (from: number, to: number) => from + Math.floor(random() * (to - from));
  const several = (count: number) => Array.from({ length: count }, () => whole(3, days));
  const outage = whole(6, days - 4);
  const looks = Math.round(days / 8);
  return {
    ...{ seed, days, rowsADay: whole(220, 280), episodes: episodesOf(random, days) },
    silent: new Set(several(Math.round(days / 30))),
    unwatched: new Set([...several(looks), ...Array.from({ length: whole(2, 12) }, (_, at) => outage + at)]),
    doubled: new Set(several(looks)),
    kills: new Map(several(looks).map((day) => [day, killOf(random)])),
    neverShare: 0.02 + 0.13 * random(),
  };
}

function episodesOf(random: Random, days: number): Episode[] {
  const whole = (from: number, to: number) => from + Math.floor(random() * (to - from));
  const kinds = Object.keys(episodeKinds) as EpisodeKind[];
  const episodes: Episode[] = [];
  // Of five seeds one has none.
  if (random() < 0.2) return episodes;
  for (let from = whole(5, 9); from + 6 < days; from += recoveryDays + whole(0, 25)) {
    const to = Math.min(days, from + whole(6, 16));
    episodes.push({ kind: kinds[whole(0, kinds.length)] ?? 'benign', from, to });
    from = to;
  }
  return episodes;
}

function killOf(random: Random): PlannedKill {
  const [kind, at] = [random(), random()];
  if (kind < 0.1) return { victim: 'postgres', afterMs: Math.floor(at * longestLookMs) };
  if (kind < 0.4) return { victim: 'judge', afterMs: Math.floor(at * longestLookMs) };
  const when = random() < 0.5 ? 'before' : 'after';
  return { victim: 'judge', call: 1 + Math.floor(at * callsOfALook), when };
}
