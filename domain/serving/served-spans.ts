import type { CustomCount, ServedCounts, ServedPoint } from '../ports/served-minutes.js';
import { latencyBoundsMs } from './latency-bounds.js';

/** Counts of several points as one; null of none. Of a gauge the last one in their order holds. */
export function mergeCounts(points: readonly ServedCounts[]): ServedCounts | null {
  const [first, ...others] = points;
  if (first === undefined) return null;
  return others.reduce(addCounts, first);
}

/** Points of the same key as one, which has all but the counts of the first of them; in the order of these. */
export function mergeBy<Point extends ServedCounts>(
  points: readonly Point[],
  keyOf: (point: Point) => readonly string[],
): readonly Point[] {
  const merged = new Map<string, Point>();
  for (const point of points) {
    const key = JSON.stringify(keyOf(point));
    const before = merged.get(key);
    merged.set(key, before === undefined ? point : { ...before, ...addCounts(before, point) });
  }
  return [...merged.values()];
}

function addCounts(a: ServedCounts, b: ServedCounts): ServedCounts {
  return {
    answered: a.answered + b.answered,
    rows: a.rows + b.rows,
    refused: a.refused + b.refused,
    failed: a.failed + b.failed,
    sumMs: a.sumMs + b.sumMs,
    counts: b.counts.map((count, at) => count + (a.counts[at] ?? 0)),
    custom: addCustom(a.custom, b.custom),
  };
}

function addCustom(a: ServedCounts['custom'], b: ServedCounts['custom']): ServedCounts['custom'] {
  const added = { ...a };
  for (const [series, value] of Object.entries(b)) {
    const before: CustomCount | undefined = added[series];
    added[series] =
      before === undefined
        ? value
        : { ...value, count: before.count + value.count, sum: before.sum + value.sum };
  }
  return added;
}

/** Points of all versions by spans of so many milliseconds since 1970, in the order of time. Spans without a point are absent. */
export function spansOf(
  points: readonly ServedPoint[],
  spanMs: number,
): readonly { readonly from: string; readonly points: readonly ServedPoint[] }[] {
  const spans = new Map<number, ServedPoint[]>();
  for (const point of points) {
    const beganMs = Math.floor(Date.parse(point.at) / spanMs) * spanMs;
    const span = spans.get(beganMs) ?? [];
    spans.set(beganMs, span);
    span.push(point);
  }
  return [...spans]
    .toSorted(([a], [b]) => a - b)
    .map(([beganMs, of]) => ({ from: new Date(beganMs).toISOString(), points: of }));
}

/** Share of the requests that were owed an answer and got none; null where there were none. */
export function failedShare({ answered, failed }: ServedCounts): number | null {
  return answered + failed === 0 ? null : failed / (answered + failed);
}

/**
 * Within which time so large a share was answered, in milliseconds: straight between two bounds, as Prometheus does it.
 * Beyond the last bound it is that one: it took longer than it says. Null where nothing was answered.
 */
export function latencyQuantileMs({ counts }: ServedCounts, share: number): number | null {
  const all = counts.reduce((sum, count) => sum + count, 0);
  if (all === 0) return null;
  const rank = share * all;
  let below = 0;
  for (const [at, bound] of latencyBoundsMs.entries()) {
    const within = counts[at] ?? 0;
    if (below + within >= rank && within > 0) {
      const from = latencyBoundsMs[at - 1] ?? 0;
      return from + (bound - from) * Math.max(0, (rank - below) / within);
    }
    below += within;
  }
  return latencyBoundsMs.at(-1) ?? null;
}
