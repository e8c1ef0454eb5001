import type { CauseKind } from '../names.js';

/** What becomes of an event that something holds up: it waits, or it is settled as suppressed. */
type WhenHeldUp = 'waits' | 'suppressed';

export interface KindRule {
  /**
   * Whether no person is behind it. Automatic ones keep to incidents, cool-down, budget and veto; a run with a person's event
   * among its causes is that person's.
   */
  readonly isAutomatic: boolean;
  /** Whether it waits for others that come soon after. */
  readonly isDebounced: boolean;
  /**
   * Whether it may end a run in flight, where the model asks for that. A program may not: a stream of its events would
   * end each run before it is done.
   */
  readonly replaces: boolean;
  /** While a person holds the model. While a rollout is in flight, which ends by itself, all wait. */
  readonly held: WhenHeldUp;
  readonly inFlight: WhenHeldUp;
  /** For automatic ones: while an endpoint of the model gets data that is wrong. */
  readonly blocked: WhenHeldUp;
  /** For automatic ones. */
  readonly coolDown: WhenHeldUp;
  readonly budget: WhenHeldUp;
}

const person = {
  isAutomatic: false,
  replaces: true,
  inFlight: 'waits',
  blocked: 'waits',
  coolDown: 'waits',
  budget: 'waits',
} as const;
const program = {
  isAutomatic: true,
  isDebounced: true,
  replaces: false,
  held: 'waits',
  inFlight: 'waits',
  blocked: 'waits',
  coolDown: 'waits',
  budget: 'waits',
} as const;

/** How each kind of event is treated. */
export const kindRules: Readonly<Record<CauseKind, KindRule>> = {
  /** Who fires by hand is there to read why it did not start, and can fire again. */
  manual: { ...person, isDebounced: false, held: 'suppressed' },
  push: { ...person, isDebounced: true, held: 'waits' },
  'new-data': program,
  event: program,
  promotion: program,
  /** The next slot comes anyway. */
  schedule: { ...program, budget: 'suppressed' },
  /** An alarm that goes on fires again. */
  monitoring: { ...program, inFlight: 'suppressed', coolDown: 'suppressed', budget: 'suppressed' },
};
