import type { MonitoringConfig } from '../config/monitoring.js';
import { durationSeconds } from '../features/duration.js';
import { type WindowRule, windowOf } from './window.js';
import type { WatchLine } from './window-evidence.js';

/** How the windows of a line are cut. */
export function windowRule(
  { windows, truth }: Pick<MonitoringConfig, 'windows' | 'truth'>,
  line: WatchLine,
): WindowRule {
  const { every, from, lateness, idle } = line === 'inputs' ? windows : truth;
  return {
    lengthMs: durationSeconds(every) * 1000,
    anchor: `${from}T00:00:00.000Z`,
    latenessMs: durationSeconds(lateness) * 1000,
    idleMs: durationSeconds(idle) * 1000,
  };
}

/** With less of it before the traffic a window is still one of its kind. */
const mostMissing = 0.25;

/**
 * Where the first window begins of a traffic that begins at an instant. One of which more than a quarter lies before that is
 * left out: half a week has not the days of a week.
 */
export function firstWindowOf(rule: WindowRule, beganAt: string): string {
  const { from, to } = windowOf(rule, beganAt);
  return Date.parse(beganAt) - Date.parse(from) > rule.lengthMs * mostMissing ? to : from;
}

/** Where the first window begins that does not lie before an instant: windows that were cut otherwise are not cut again. */
export function firstWindowFrom(rule: WindowRule, notBefore: string): string {
  const { from, to } = windowOf(rule, notBefore);
  return from >= new Date(notBefore).toISOString() ? from : to;
}
