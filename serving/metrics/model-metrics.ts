import { Counter, type Registry } from 'prom-client';
import type { DataPlane, VersionStatistics } from '../data-plane-port.js';

interface ModelMetric {
  readonly name: string;
  readonly help: string;
  readonly labels: (of: VersionStatistics) => Readonly<Record<string, string>>;
  readonly value: (of: VersionStatistics) => number;
}

const triton = ({ model, version }: VersionStatistics) => ({ model, version });
// The plane counts requests that failed, not why; no other reason is made up.
const tritonFailure = (of: VersionStatistics) => ({ ...triton(of), reason: 'OTHER' });
const mlserver = ({ model, version }: VersionStatistics) => ({ model_name: model, model_version: version });
const microseconds = (ns: number) => Math.round(ns / 1000);

/** Names of Triton and MLServer, so that their dashboards go on working. */
const metrics: readonly ModelMetric[] = [
  {
    name: 'nv_inference_request_success',
    help: 'Requests that were answered.',
    labels: triton,
    value: ({ success }) => success.count,
  },
  {
    name: 'nv_inference_request_failure',
    help: 'Requests that were not answered.',
    labels: tritonFailure,
    value: ({ fail }) => fail.count,
  },
  { name: 'nv_inference_count', help: 'Rows that were answered.', labels: triton, value: ({ rows }) => rows },
  {
    name: 'nv_inference_exec_count',
    help: 'Batches that were run.',
    labels: triton,
    value: ({ batches }) => batches,
  },
  {
    name: 'ratchet_inference_inline_count',
    help: 'Batches that were run on the thread that reads requests.',
    labels: triton,
    value: ({ inline }) => inline,
  },
  {
    name: 'nv_inference_request_duration_us',
    help: 'Time of requests from end to end.',
    labels: triton,
    value: ({ success }) => microseconds(success.ns),
  },
  {
    name: 'nv_inference_queue_duration_us',
    help: 'Time that requests waited.',
    labels: triton,
    value: ({ queue }) => microseconds(queue.ns),
  },
  {
    name: 'nv_inference_compute_infer_duration_us',
    help: 'Time that models ran.',
    labels: triton,
    value: ({ compute }) => microseconds(compute.ns),
  },
  {
    name: 'model_infer_request_success_total',
    help: 'Requests that were answered.',
    labels: mlserver,
    value: ({ success }) => success.count,
  },
  {
    name: 'model_infer_request_failure_total',
    help: 'Requests that were not answered.',
    labels: mlserver,
    value: ({ fail }) => fail.count,
  },
];

/** Series of the versions that are served, read from their counts whenever somebody asks. */
export function modelMetrics(registry: Registry, plane: DataPlane): void {
  for (const { name, help, labels, value } of metrics) {
    const labelNames = ['model', 'version', 'reason', 'model_name', 'model_version'];
    new Counter({
      name,
      help,
      labelNames,
      registers: [registry],
      collect() {
        this.reset();
        for (const of of plane.statistics()) this.inc(labels(of), value(of));
      },
    });
  }
}
