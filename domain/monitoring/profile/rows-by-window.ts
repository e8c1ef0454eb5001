import type { WindowRule } from '../window.js';

const dayMs = 86_400_000;

/**
 * Rows of each window that the days of the reference cover whole, from its first day's beginning (UTC) to its last day's
 * end; oldest window first, and one without rows is left out.
 *
 * @param times ms since 1970, one a row; NaN for a row without a time, which is in no window
 */
export function rowsByWindow(
  { lengthMs, anchor }: Pick<WindowRule, 'lengthMs' | 'anchor'>,
  times: Float64Array,
): Int32Array[] {
  const anchorMs = Date.parse(anchor);
  const rows = new Map<number, number[]>();
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  times.forEach((time, row) => {
    if (Number.isNaN(time)) return;
    first = Math.min(first, time);
    last = Math.max(last, time);
    const fromMs = anchorMs + Math.floor((time - anchorMs) / lengthMs) * lengthMs;
    const held = rows.get(fromMs);
    if (held) held.push(row);
    else rows.set(fromMs, [row]);
  });
  const firstDay = Math.floor(first / dayMs) * dayMs;
  const lastDay = (Math.floor(last / dayMs) + 1) * dayMs;
  return [...rows]
    .filter(([fromMs]) => fromMs >= firstDay && fromMs + lengthMs <= lastDay)
    .toSorted(([a], [b]) => a - b)
    .map(([, of]) => Int32Array.from(of));
}
