import { type WindowRule, windowOf } from './window.js';

/** How far a stream of events has come. ISO-8601. */
export interface StreamProgress {
  readonly newestEventAt: string;
  /** When, by the clock, the last event came in. */
  readonly lastCameAt: string;
}

export interface Due {
  /** Windows that end at this instant or before may be judged. */
  readonly until: string;
  /** When those up to the newest event's own may be, though no event comes; null where they may be already. */
  readonly silentAt: string | null;
}

/**
 * Windows may be judged that end at or before the watermark; and in a silence that lasted `idleMs` those up to the newest
 * event's own, for then what has come is all there is. An event that comes later still belongs to its window, which is not
 * judged again.
 *
 * @param now the clock, ISO-8601; it may stand still or be driven
 */
export function dueUntil(rule: WindowRule, { newestEventAt, lastCameAt }: StreamProgress, now: string): Due {
  const silentAtMs = Date.parse(lastCameAt) + rule.idleMs;
  const newestEnd = windowOf(rule, newestEventAt).to;
  if (Date.parse(now) >= silentAtMs) return { until: newestEnd, silentAt: null };
  const watermarkMs = Date.parse(newestEventAt) - rule.latenessMs;
  return { until: new Date(watermarkMs).toISOString(), silentAt: new Date(silentAtMs).toISOString() };
}
