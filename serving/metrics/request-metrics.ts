import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { RequestObserver } from '../http/answer-request.js';

/** From below a small table model to above the longest time that is usual, in seconds. */
const buckets = [
  0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
];
/** An address that nobody answers is none of its own: names from outside make no series. */
const elsewhere = { method: 'other', path: 'other' };

/** Counts requests over HTTP, by the names that MLServer has for them. */
export function requestMetrics(registry: Registry): RequestObserver {
  const registers = [registry];
  const requests = new Counter({
    name: 'rest_server_requests_total',
    help: 'Requests over HTTP that are over.',
    labelNames: ['method', 'path', 'status_code'],
    registers,
  });
  const durations = new Histogram({
    name: 'rest_server_request_duration_seconds',
    help: 'Time from a request to the end of its answer.',
    labelNames: ['method', 'path'],
    buckets,
    registers,
  });
  const inProgress = new Gauge({
    name: 'rest_server_requests_in_progress',
    help: 'Requests over HTTP that are being answered.',
    registers,
  });
  return {
    began: () => inProgress.inc(),
    ended: (route, status, seconds) => {
      const { method, path } = route ?? elsewhere;
      inProgress.dec();
      requests.inc({ method, path, status_code: String(status) });
      durations.observe({ method, path }, seconds);
    },
  };
}
