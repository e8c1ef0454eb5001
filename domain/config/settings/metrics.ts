import { setting, textShape, wholeShape } from '../setting.js';

/** Prometheus metrics, one pair of ports per process. */
export const metricsSettings = {
  host: setting('127.0.0.1', {
    variable: 'RATCHET_METRICS_HOST',
    unit: 'host',
    about: 'address that /metrics and /healthz bind in every process',
    shape: textShape,
  }),
  port: setting('9464', {
    variable: 'RATCHET_METRICS_PORT',
    unit: 'port',
    about: 'port of /metrics and /healthz, one per process; 0 picks a free one',
    shape: wholeShape(0, 65_535),
  }),
  temporalPort: setting('9465', {
    variable: 'RATCHET_TEMPORAL_METRICS_PORT',
    unit: 'port',
    about: 'port of the metrics of the Temporal SDK, one per process; 0 leaves them out',
    shape: wholeShape(0, 65_535),
  }),
};
