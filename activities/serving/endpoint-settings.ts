import { durationSeconds } from '../../domain/features/duration.js';
import type { ReleasePlan } from '../../domain/lifecycle/release-serving.js';
import type { EndpointRecord } from '../../domain/ports/endpoints.js';
import type { ModelVersionRecord } from '../../domain/ports/models.js';

const mebibyte = 1024 * 1024;

/** A revision as the endpoint's declaration says, with a version of its model. */
export function endpointSettings(
  revision: string,
  { project, endpoint, model, config, scaledTo }: EndpointRecord,
  { version, file: { sha256, bytes } }: ModelVersionRecord,
): ReleasePlan['wanted'] {
  const { alias, limits, health } = config;
  return {
    project,
    endpoint,
    revision,
    models: [{ project, model, version, sha256, bytes, alias }],
    defaultModel: model,
    replicas: scaledTo ?? config.replicas,
    resources: config.resources,
    limits: {
      timeoutMs: limits.timeoutMs,
      mostBatchRows: limits.mostBatchRows,
      mostQueuedRows: limits.mostQueuedRows,
      mostBodyBytes: limits.mostBodyMiB * mebibyte,
    },
    health: {
      readyWithinMs: durationSeconds(health.readyWithin) * 1000,
      drainMs: durationSeconds(health.drain) * 1000,
    },
    environment: config.environment,
    ...(config.record === undefined ? {} : { record: config.record }),
  };
}
