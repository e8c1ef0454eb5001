import { assertShare, type ConceptStep } from './concept-step.js';

/** State of {@link nextDdm}. JSON-safe. */
export interface DdmState {
  readonly n: number;
  /** Share of errors so far. */
  readonly rate: number;
  /** Rate and its deviation where their sum was least; null before there were enough values. */
  readonly least: { readonly rate: number; readonly deviation: number } | null;
}

export interface DdmOptions {
  /** Deviations above the least rate that warn, and that are drift. */
  readonly warningAt: number;
  readonly driftAt: number;
  /** Values before it says anything. */
  readonly leastValues: number;
}

export const defaultDdm: DdmOptions = { warningAt: 2, driftAt: 3, leastValues: 30 };

export const startOfDdm: DdmState = { n: 0, rate: 0, least: null };

/**
 * Drift detection method: the error rate p of a model that fits falls or stays; with `s = sqrt(p (1 - p) / n)` it warns
 * where `p + s >= p_min + 2 s_min` and has drifted where `p + s >= p_min + 3 s_min`.
 *
 * s counts as at least 1/n, so that a single error after none is no drift (three in quick succession are). A constant
 * stream, of errors too, is stable.
 *
 * With these defaults it alarms over a steady rate too, as the least of many sums lies below the rate: in 25 of 100
 * streams of 1,000 values at .2, in 59 of 100 streams of 4,000 at .05. It is a hint, not evidence by itself.
 *
 * @param error 1 where the model was wrong, else 0; a rate of errors of a batch is allowed too
 * @throws RangeError where it is not within 0..1 (NaN and infinities are not)
 * Source: Gama, Medas, Castillo and Rodrigues, SBIA 2004.
 */
export function nextDdm(
  state: DdmState,
  error: number,
  { warningAt, driftAt, leastValues }: DdmOptions = defaultDdm,
): ConceptStep<DdmState> {
  assertShare(error);
  const n = state.n + 1;
  const rate = state.rate + (error - state.rate) / n;
  const deviation = Math.max(Math.sqrt(Math.max(0, rate * (1 - rate)) / n), 1 / n);
  if (n < leastValues) return { state: { n, rate, least: null }, signal: 'stable' };
  const lower = state.least === null || rate + deviation <= state.least.rate + state.least.deviation;
  const least = lower ? { rate, deviation } : (state.least ?? { rate, deviation });
  if (lower) return { state: { n, rate, least }, signal: 'stable' };
  if (rate + deviation >= least.rate + driftAt * least.deviation)
    return { state: startOfDdm, signal: 'drift' };
  const warns = rate + deviation >= least.rate + warningAt * least.deviation;
  return { state: { n, rate, least }, signal: warns ? 'warning' : 'stable' };
}
