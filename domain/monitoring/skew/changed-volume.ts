import type { SkewFinding } from './skew-finding.js';

/** Windows that a line's own history must have: days of all kinds are among them. */
const leastWindows = 7;
/** What is within so many times the least and the most that came is no change. */
const factor = 3;
/** Fewer rows rise and fall by chance. */
const leastRows = 200;

/**
 * Rows of a window beside the windows before it: less than a third of the least, or more than three times the most.
 *
 * @param before rows of the last windows
 */
export function findChangedVolume(rows: number, before: readonly number[]): SkewFinding[] {
  if (before.length < leastWindows) return [];
  const [least, most] = [Math.min(...before), Math.max(...before)];
  if (most < leastRows) return [];
  const found = (limit: number, words: string): SkewFinding[] => {
    const text = `${rows} rows came, ${words} of the last ${before.length} windows (${least} to ${most})`;
    return [{ kind: 'changed-volume', column: null, text, actual: rows, limit, n: rows }];
  };
  if (rows * factor < least) return found(least / factor, 'less than a third of the least');
  if (rows > most * factor) return found(most * factor, 'more than three times the most');
  return [];
}
