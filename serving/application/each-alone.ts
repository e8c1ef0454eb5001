import type { ErrorCode } from '../../domain/errors/catalogue.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';

/** For one of several: what came of it, or why nothing did. */
export type OneOutcome<T> = { readonly value: T } | { readonly error: RatchetError };

export interface Isolation {
  /** Codes of errors of which one of them alone may be the reason. */
  readonly codes: readonly ErrorCode[];
  /** When it is too late to go on with each alone, by `performance.now()`. */
  readonly untilMs: number;
}

/**
 * Does work on all at once, and where that fails on each alone, one after the other, so that one of them does not fail its
 * mates. @throws what is no error of the catalogue.
 */
export async function eachAlone<A, B>(
  items: readonly A[],
  isolation: Isolation,
  work: (items: readonly A[]) => Promise<readonly OneOutcome<B>[]>,
): Promise<readonly OneOutcome<B>[]> {
  if (items.length === 0) return [];
  try {
    return await work(items);
  } catch (error) {
    if (!(error instanceof RatchetError)) throw error;
    if (items.length === 1 || !isolation.codes.includes(error.code)) return items.map(() => ({ error }));
  }
  const outcomes: OneOutcome<B>[] = [];
  for (const item of items) {
    const isLate = performance.now() > isolation.untilMs;
    outcomes.push(...(isLate ? [{ error: tooLate() }] : await eachAlone([item], isolation, work)));
  }
  return outcomes;
}

const tooLate = () =>
  new RatchetError('DEADLINE_EXCEEDED', 'the rows before this one took all the time that there was');
