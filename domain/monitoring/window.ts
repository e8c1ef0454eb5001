/** A span of event time that is judged as one: from the first instant on, up to the second. ISO-8601. */
export interface MonitorWindow {
  readonly from: string;
  readonly to: string;
}

/** How event time is cut, and how long it is waited for. */
export interface WindowRule {
  readonly lengthMs: number;
  /** An instant at which a window begins; the others lie whole lengths before and after it. ISO-8601. */
  readonly anchor: string;
  /** The watermark is the newest event less this: what comes later than that is late. */
  readonly latenessMs: number;
  /** Silence on the clock after which what has come is all there is. */
  readonly idleMs: number;
}

/** The window that an instant lies in. */
export function windowOf(rule: Pick<WindowRule, 'lengthMs' | 'anchor'>, at: string): MonitorWindow {
  const anchorMs = Date.parse(rule.anchor);
  const ordinal = Math.floor((Date.parse(at) - anchorMs) / rule.lengthMs);
  const fromMs = anchorMs + ordinal * rule.lengthMs;
  return { from: isoOf(fromMs), to: isoOf(fromMs + rule.lengthMs) };
}

const isoOf = (ms: number): string => new Date(ms).toISOString();
