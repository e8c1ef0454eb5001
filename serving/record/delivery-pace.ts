/**
 * How delivery stands to requests where the core is busy: it takes what they leave, or a share of its own that costs them
 * throughput and shows in their slowest hundredth.
 */
export type DeliveryPace = 'patient' | 'pressed';

/** What waits to be delivered. */
export interface Backlog {
  /** Share of the spool that is taken. */
  readonly filled: number;
  /** For how long the oldest of it has waited. */
  readonly oldestMs: number;
}

/** So long it may wait, and so much of the spool may it take, before delivery stands back no longer. */
const [patienceMs, patientShare] = [10_000, 1 / 2];
/** How long delivery must have kept up until it stands back again: to change costs a thread. */
const usualCalmMs = 300_000;

/** @returns at what pace to deliver, asked again and again with what waits at that moment */
export function createPacer(
  calmMs = usualCalmMs,
  now: () => number = Date.now,
): (backlog: Backlog) => DeliveryPace {
  let pressedAtMs = Number.NEGATIVE_INFINITY;
  return ({ filled, oldestMs }) => {
    if (filled > patientShare || oldestMs > patienceMs) pressedAtMs = now();
    return now() - pressedAtMs < calmMs ? 'pressed' : 'patient';
  };
}
