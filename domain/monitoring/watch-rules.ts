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

/** Where the first window begins that does not lie before an instant: windows that were cut otherwise are not cut again. */
export function firstWindowFrom(rule: WindowRule, notBefore: string): string {
  const { from, to } = windowOf(rule, notBefore);
  return from >= new Date(notBefore).toISOString() ? from : to;
}
