import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type {
  ApplicationDescription,
  ApplicationMetric,
} from '../../domain/contract/application-description.js';
import type { MetricEvent } from '../../inference/application/application-messages.js';
import type { Served, TrafficMeter } from '../record/traffic-tallies.js';

export interface ApplicationMetrics {
  /** Beside which version of the model. */
  record(of: Served, events: readonly MetricEvent[]): void;
  rows(of: Served, outcome: 'answered' | 'refused' | 'failed', count: number): void;
  restarted(): void;
}

type Labels = Readonly<Record<string, string>>;
type Put = (labels: Labels, value: number) => void;

/**
 * Metrics that an application declares, under `app_`, and what is counted of it, under `application_`.
 * @param meter is told them too, with the version; absent where nobody wants to know
 */
export function applicationMetrics(
  registry: Registry,
  { metrics }: ApplicationDescription,
  meter?: TrafficMeter,
): ApplicationMetrics {
  const declared = new Map(
    Object.entries(metrics).map(([name, metric]) => [
      name,
      { metric, put: putter(registry, `app_${name}`, metric) },
    ]),
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
    record: (of, events) => {
      for (const [name, came, value] of events) {
        const found = declared.get(name);
        if (found === undefined || !fits(found.metric, value)) continue;
        const labels = bounded(found.metric, came);
        found.put(labels, value);
        meter?.custom(of, seriesOf(`app_${name}`, labels), found.metric.kind, value);
      }
    },
    rows: (of, outcome, count) => {
      rows.inc({ outcome }, count);
      meter?.custom(of, seriesOf('application_rows', { outcome }), 'counter', count);
    },
    restarted: () => restarts.inc(),
  };
}

const fits = ({ kind }: ApplicationMetric, value: number): boolean =>
  Number.isFinite(value) && (kind !== 'counter' || value >= 0);

/** As Prometheus writes it. */
function seriesOf(name: string, labels: Labels): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return pairs.length === 0 ? name : `${name}{${pairs.join(',')}}`;
}

function putter(registry: Registry, name: string, { kind, help, labels, buckets }: ApplicationMetric): Put {
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
function bounded({ labels }: ApplicationMetric, came: Labels): Labels {
  const values = Object.entries(labels).map(([label, allowed]) => {
    const value = Object.hasOwn(came, label) ? came[label] : undefined;
    return [label, value !== undefined && allowed.includes(value) ? value : 'other'] as const;
  });
  return Object.fromEntries(values);
}
