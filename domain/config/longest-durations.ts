import { durationSeconds } from '../features/duration.js';
import type { ConfigFinding, ConfigPath } from './config-problem.js';

/** A duration at a path, and the longest that makes sense there. */
export type BoundedDuration = readonly [path: ConfigPath, came: string | undefined, most: string];

/** Durations that are longer than they can mean. */
export function longDurations(durations: readonly BoundedDuration[]): ConfigFinding[] {
  return durations.flatMap(([path, came, most]): ConfigFinding[] =>
    came === undefined || durationSeconds(came) <= durationSeconds(most)
      ? []
      : [{ path, came, allowed: `at most ${most}` }],
  );
}
