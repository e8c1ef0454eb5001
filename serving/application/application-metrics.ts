import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type {
  ApplicationDescription,
  ApplicationMetric,
} from '../../domain/contract/application-description.js';
import type { MetricEvent } from '../../inference/application/application-messages.js';

export interface ApplicationMetrics {
  record(events: readonly MetricEvent[]): void;
  rows(outcome: 'answered' | 'refused' | 'failed', count: number): void;
  restarted(): void;
}

type Put = (labels: Readonly<Record<string, string>>, value: number) => void;

/** Metrics that an application declares, under `app_`, and what is counted of it, under `application_`. */
export function applicationMetrics(
  registry: Registry,
  { metrics }: ApplicationDescription,
): ApplicationMetrics {
  const puts = new Map(
    Object.entries(metrics).map(([name, metric]) => [name, putter(registry, name, metric)]),
  );
  const rows = new Counter({
    name: 'application_rows_total',
    help: 'Rows that the serving application was asked.',
    labelNames: ['outcome'],
    registers: [registry],
  });
  const restarts = new Counter({
    name: 'application_restarts_total',
    help: 'How often the serving application broke and was started anew.',
    registers: [registry],
  });
  return {
    record: (events) => {
      for (const [name, labels, value] of events) puts.get(name)?.(labels, value);
    },
    rows: (outcome, count) => rows.inc({ outcome }, count),
    restarted: () => restarts.inc(),
  };
}

function putter(registry: Registry, name: string, metric: ApplicationMetric): Put {
  const put = makePut(registry, `app_${name}`, metric);
  return (labels, value) => {
    if (!Number.isFinite(value) || (metric.kind === 'counter' && value < 0)) return;
    put(bounded(metric, labels), value);
  };
}

function makePut(registry: Registry, name: string, { kind, help, labels, buckets }: ApplicationMetric): Put {
  const about = { name, help, labelNames: Object.keys(labels), registers: [registry] };
  switch (kind) {
    case 'counter': {
      const counter = new Counter(about);
      return (at, value) => counter.inc(at, value);
    }
    case 'gauge': {
      const gauge = new Gauge(about);
      return (at, value) => gauge.set(at, value);
    }
    case 'histogram': {
      const histogram = new Histogram({ ...about, buckets: [...buckets] });
      return (at, value) => histogram.observe(at, value);
    }
  }
}

/** Values that nobody declared make no series of their own. */
function bounded(
  { labels }: ApplicationMetric,
  came: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const values = Object.entries(labels).map(([label, allowed]) => {
    const value = Object.hasOwn(came, label) ? came[label] : undefined;
    return [label, value !== undefined && allowed.includes(value) ? value : 'other'] as const;
  });
  return Object.fromEntries(values);
}
