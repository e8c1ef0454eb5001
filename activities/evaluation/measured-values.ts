import type { Metrics } from '../../domain/metrics/metric-value.js';

/** The numbers among the metrics; those without a value are left out. */
export function measuredValues(metrics: Metrics): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(metrics).flatMap(([name, metric]) =>
      metric.kind === 'value' ? [[name, metric.value] as const] : [],
    ),
  );
}
