import type { SortedDeliveries } from '../../domain/lifecycle/follow-ref.js';
import { withHeartbeats } from '../steps/heartbeats.js';
import type { TriggerDeps } from './deps.js';
import { finishDeliveries, sortDeliveries } from './sort-deliveries.js';

/** For so long a webhook that is sent again is known. No Git host sends one again later. */
const rememberedMs = 30 * 24 * 60 * 60 * 1000;

/** What comes of stored webhooks. */
export function createDeliveryActivities(deps: TriggerDeps) {
  return {
    /** `without` names projects whose deliveries are left for later. */
    async sortDeliveries(input?: { readonly without: readonly string[] }): Promise<SortedDeliveries> {
      return withHeartbeats(() => sortDeliveries(deps, input?.without));
    },
    /** Forgets deliveries that were handled more than 30 days ago; how many. */
    async forgetDeliveries(): Promise<number> {
      return withHeartbeats(() => deps.deliveries.forget(new Date(Date.now() - rememberedMs).toISOString()));
    },
    async finishDeliveries(input: Parameters<typeof finishDeliveries>[1]): Promise<void> {
      await withHeartbeats(() => finishDeliveries(deps, input));
    },
  };
}
export type DeliveryActivities = ReturnType<typeof createDeliveryActivities>;
