import type { SkewFinding } from './skew-finding.js';

const hourMs = 3_600_000;
const hours = 24;
/** From such a share of events at other hours on a shift is looked for. */
const leastDistance = 0.2;
/** A shift explains a distance that is halved without it. */
const leaves = 0.5;
/** An hour is what summer time does. */
const leastShift = 2;
const leastRows = 200;
/** A reference that has most of its events in one hour, such as midnight, has dates and no times. */
const mostInOneHour = 0.5;

/** How many events of whole days lie in each hour (UTC) of the day; 24 numbers. */
export function eventsByHour(times: ArrayLike<number>): number[] {
  const counts = new Array<number>(hours).fill(0);
  for (let row = 0; row < times.length; row += 1) {
    const time = times[row] ?? Number.NaN;
    if (Number.isNaN(time)) continue;
    const hour = ((Math.floor(time / hourMs) % hours) + hours) % hours;
    counts[hour] = (counts[hour] ?? 0) + 1;
  }
  return counts;
}

/**
 * The events of a window lie at other hours than those of the reference, and at the same once some hours are taken back.
 * A day that looks the same at all hours hides it.
 *
 * @param reference events by hour of the day, UTC
 * @param window the same, of whole days
 */
export function findShiftedClock(reference: readonly number[], window: readonly number[]): SkewFinding[] {
  const n = total(window);
  const before = total(reference);
  if (n < leastRows || before < leastRows || Math.max(...reference) > before * mostInOneHour) return [];
  const distances = window.map((_, shift) => distanceWith(reference, window, shift));
  const away = distances[0] ?? 0;
  const undone = Math.min(...distances);
  const shift = distances.indexOf(undone);
  const signed = shift > hours / 2 ? shift - hours : shift;
  if (away < leastDistance || undone > away * leaves || Math.abs(signed) < leastShift) return [];
  const text = `events lie ${Math.abs(signed)} hours too ${signed > 0 ? 'late' : 'early'} in the day: ${away.toFixed(2)} of them elsewhere, ${undone.toFixed(2)} with that taken back`;
  return [{ kind: 'shifted-clock', column: null, text, actual: away, limit: undone, n }];
}

/** Total variation distance, 0..1, with the window moved back by some hours. */
function distanceWith(reference: readonly number[], window: readonly number[], shift: number): number {
  const [before, after] = [total(reference), total(window)];
  const gaps = reference.map((count, hour) =>
    Math.abs(count / before - (window[(hour + shift) % hours] ?? 0) / after),
  );
  return total(gaps) / 2;
}

const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
