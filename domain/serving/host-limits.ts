import type { WantedRevision } from '../ports/deployment-target.js';

/** The limits of a revision as settings of its hosts, wherever these run. */
export function hostLimits({
  limits,
  resources,
  health,
}: Pick<WantedRevision, 'limits' | 'resources' | 'health'>): Record<string, string> {
  return {
    RATCHET_SERVING_WORKERS: String(Math.max(1, Math.floor(resources.cpus))),
    RATCHET_SERVING_TIMEOUT_MS: String(limits.timeoutMs),
    RATCHET_SERVING_MAX_BATCH_ROWS: String(limits.mostBatchRows),
    RATCHET_SERVING_MAX_QUEUED_ROWS: String(limits.mostQueuedRows),
    RATCHET_SERVING_MAX_BODY_BYTES: String(limits.mostBodyBytes),
    RATCHET_SHUTDOWN_GRACE_MS: String(health.drainMs),
  };
}
