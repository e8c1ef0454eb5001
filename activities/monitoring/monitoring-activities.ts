import type { ReplayAnswersInput, ReplayedAnswers } from '../../domain/lifecycle/replay-answers.js';
import type { WatchStep } from '../../domain/lifecycle/watch-endpoint.js';
import type { EndpointName } from '../../domain/ports/deployment-target.js';
import { withHeartbeats } from '../steps/heartbeats.js';
import type { WatchDeps } from './deps.js';
import { judgeDue } from './judge-due.js';
import { replayAnswers } from './replay/replay-answers.js';

/** What the watch of an endpoint does. */
export function createMonitoringActivities(deps: WatchDeps) {
  return {
    /** Judges the windows that are due. What was judged before it failed is kept. */
    async judgeDueWindows({ project, endpoint }: EndpointName): Promise<WatchStep> {
      return withHeartbeats((signal) => judgeDue(deps, { project, endpoint }, signal));
    },
    /** Asks the files that answered for the same again. */
    async replayRecorded(input: ReplayAnswersInput): Promise<ReplayedAnswers> {
      return withHeartbeats((signal) => replayAnswers(deps, input, signal));
    },
  };
}
export type MonitoringActivities = ReturnType<typeof createMonitoringActivities>;
