import type { SortedDeliveries } from '../../domain/lifecycle/follow-ref.js';
import { withHeartbeats } from '../steps/heartbeats.js';
import type { TriggerDeps } from './deps.js';
import { finishDeliveries, sortDeliveries } from './sort-deliveries.js';

/** What comes of stored webhooks. */
export function createDeliveryActivities(deps: TriggerDeps) {
  return {
    async sortDeliveries(): Promise<SortedDeliveries> {
      return withHeartbeats(() => sortDeliveries(deps));
    },
    async finishDeliveries(input: Parameters<typeof finishDeliveries>[1]): Promise<void> {
      await withHeartbeats(() => finishDeliveries(deps, input));
    },
  };
}
export type DeliveryActivities = ReturnType<typeof createDeliveryActivities>;
