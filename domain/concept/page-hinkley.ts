import type { ConceptStep } from './concept-step.js';

/** State of {@link nextPageHinkley}. JSON-safe. */
export interface PageHinkleyState {
  readonly n: number;
  readonly mean: number;
  /** Sum of how far values lay above the mean at their time, less the allowance. */
  readonly sum: number;
  /** The least that `sum` has been. */
  readonly least: number;
}

export interface PageHinkleyOptions {
  /** Rise that is tolerated, in the unit of the values. */
  readonly allowance: number;
  /** Drift where the sum rises this far above its least. */
  readonly threshold: number;
  /** Values before it says anything. */
  readonly leastValues: number;
}

export const defaultPageHinkley: PageHinkleyOptions = { allowance: 0.005, threshold: 50, leastValues: 30 };

export const startOfPageHinkley: PageHinkleyState = { n: 0, mean: 0, sum: 0, least: 0 };

/**
 * Page-Hinkley test for a rise of the mean: `m_t = sum (x_i - mean_i - allowance)`, drift where
 * `m_t - min m > threshold`. It never warns. A constant stream never drifts. Over a steady rate it
 * alarmed in none of 100 streams of 1,000 values at .2, in 12 of 100 streams of 10,000: the longer, the likelier.
 *
 * @param loss of one row or the mean of a batch
 * @throws RangeError where it is not finite
 * Source: Page, Biometrika 1954; Mouss and others, ASCC 2004.
 */
export function nextPageHinkley(
  state: PageHinkleyState,
  loss: number,
  { allowance, threshold, leastValues }: PageHinkleyOptions = defaultPageHinkley,
): ConceptStep<PageHinkleyState> {
  if (!Number.isFinite(loss)) throw new RangeError(`a value must be finite, came ${loss}`);
  const n = state.n + 1;
  const mean = state.mean + (loss - state.mean) / n;
  const sum = state.sum + loss - mean - allowance;
  const least = Math.min(state.least, sum);
  if (n >= leastValues && sum - least > threshold) return { state: startOfPageHinkley, signal: 'drift' };
  return { state: { n, mean, sum, least }, signal: 'stable' };
}
