import { normalDraw } from '../../../domain/stats/normal-draw.js';
import { type Random, seededRandom } from '../../../domain/stats/seeded-random.js';
import type { EpisodeKind, WatchPlan } from './plan.js';

export const dayMs = 86_400_000;
const hourMs = 3_600_000;
export const firstMs = Date.UTC(2026, 0, 1);
/** The instant at which a day begins, ISO-8601. */
export const dayAt = (day: number, ms = 0) => new Date(firstMs + day * dayMs + ms).toISOString();

/** A row as it is asked, recorded, and told of. Times are ms since 1970. */
export interface PlannedRow {
  readonly id: string;
  readonly day: number;
  readonly answeredMs: number;
  /** When its record comes to the database. */
  readonly recordedMs: number;
  readonly inputs: { readonly x: number; readonly y: number; readonly kind: string };
  readonly score: number;
  /** When each word on what turned out came, the first first; empty where none does. All say the same. */
  readonly toldMs: readonly number[];
  readonly truth: boolean;
}

/** All rows of a seed, in the order of their answers. */
export function rowsOf(plan: WatchPlan): readonly PlannedRow[] {
  const random = seededRandom(plan.seed + 1);
  return Array.from({ length: plan.days }, (_, day) => day)
    .filter((day) => !plan.silent.has(day))
    .flatMap((day) => {
      const kind = plan.episodes.find(({ from, to }) => day >= from && day < to)?.kind;
      return Array.from({ length: plan.rowsADay }, (_, at) => rowOf(random, { plan, kind, day, at }));
    });
}

/** What a world without episodes is like. */
export function usualValues(random: Random, kind?: EpisodeKind) {
  const isWrong = kind === 'harmful' || kind === 'concept' || kind === 'other-units';
  const shift = kind === 'harmful' || kind === 'benign' ? 1 : 0;
  const truth = random() < 0.5;
  const isRight = random() < (isWrong ? 0.35 : 0.8);
  const x = (10 + normalDraw(random) + shift) * (kind === 'other-units' ? 100 : 1);
  const inputs = { x, y: normalDraw(random), kind: 'abc'[Math.floor(random() * 3)] ?? 'a' };
  return { inputs, score: truth === isRight ? 0.8 : 0.2, truth };
}

function rowOf(
  random: Random,
  at: {
    readonly plan: WatchPlan;
    readonly kind: EpisodeKind | undefined;
    readonly day: number;
    readonly at: number;
  },
): PlannedRow {
  const answeredMs = firstMs + Math.floor(dayMs * (at.day + (at.at + random()) / at.plan.rowsADay));
  const isLate = random() < 0.01;
  const recordedMs = answeredMs + (isLate ? Math.floor(random() * 3 * dayMs) : 1000);
  const values = usualValues(random, at.kind);
  const isTold = random() >= at.plan.neverShare;
  const delays = [delayMs(random), ...(random() < 0.05 ? [delayMs(random)] : [])];
  const toldMs = isTold ? delays.map((delay) => answeredMs + delay).toSorted((a, b) => a - b) : [];
  return { id: idAt(answeredMs, random), day: at.day, answeredMs, recordedMs, ...values, toldMs };
}

/** Most truth comes within two days, some of it a month later. */
function delayMs(random: Random): number {
  const longestMs = random() < 0.93 ? 2 * dayMs : 30 * dayMs;
  return Math.floor(hourMs + random() * (longestMs - hourMs));
}

/** A UUID of version 7. */
function idAt(ms: number, random: Random): string {
  const time = ms.toString(16).padStart(12, '0');
  const digits = (count: number) =>
    Array.from({ length: count }, () => Math.floor(random() * 16).toString(16)).join('');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${digits(3)}-8${digits(3)}-${digits(12)}`;
}
