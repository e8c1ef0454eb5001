/** What a detector says after a value. `warning` may pass again; after `drift` its state starts anew. */
export type ConceptSignal = 'stable' | 'warning' | 'drift';

/** The next state of a detector, to be handed in with the next value, and what it says now. */
export interface ConceptStep<State> {
  readonly state: State;
  readonly signal: ConceptSignal;
}

/** @throws RangeError where a value is not within 0..1, which missing and infinite ones are not */
export function assertShare(value: number): void {
  if (!(value >= 0 && value <= 1)) throw new RangeError(`a value must be within 0..1, came ${value}`);
}
