import type { Verdict } from '../verdict.js';

/** So many of the last windows must have failed before anybody is told. */
export interface PersistenceRule {
  readonly needs: number;
  readonly of: number;
}

export const defaultPersistence: PersistenceRule = { needs: 2, of: 3 };

/**
 * What the last windows say together. A window that could not be judged takes its place among them and counts for
 * neither side.
 *
 * @param verdicts of the windows, oldest first
 * @returns `fail` once enough of them failed; `inconclusive` while the newest failed and the next may confirm it, while
 *   those that were not judged could have made enough, and where none was judged; else `pass`
 */
export function persistentVerdict(
  verdicts: readonly Verdict[],
  { needs, of }: PersistenceRule = defaultPersistence,
): Exclude<Verdict, 'error'> {
  const last = verdicts.slice(-of);
  const failed = last.filter((verdict) => verdict === 'fail').length;
  if (failed >= needs) return 'fail';
  const unjudged = last.filter((verdict) => verdict !== 'fail' && verdict !== 'pass').length;
  const isOpen = last.at(-1) === 'fail' || failed + unjudged >= needs || unjudged === last.length;
  return isOpen ? 'inconclusive' : 'pass';
}
