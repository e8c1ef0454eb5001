import { activityInfo } from '@temporalio/activity';
import type { LineName } from '../../domain/lifecycle/handle-triggers.js';
import { withHeartbeats } from '../steps/heartbeats.js';
import type { TriggerDeps } from './deps.js';
import { lookForData, type SourceLook } from './look-for-data.js';

/** Looks into sources. */
export function createSourceActivities(deps: TriggerDeps) {
  return {
    async lookForData(at: Omit<SourceLook, 'since'>): Promise<readonly LineName[]> {
      const since = new Date(activityInfo().scheduledTimestampMs).toISOString();
      return withHeartbeats(() => lookForData(deps, { ...at, since }));
    },
  };
}
export type SourceActivities = ReturnType<typeof createSourceActivities>;
