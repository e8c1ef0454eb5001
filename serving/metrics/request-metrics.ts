import { Counter, Gauge, type Registry } from 'prom-client';
import { latencyBoundsMs } from '../../domain/serving/latency-bounds.js';
import type { RequestObserver } from '../http/answer-request.js';
import { Distribution, histogramOf } from './histogram.js';

const bounds = latencyBoundsMs.map((ms) => ms / 1000);

interface Address {
  readonly method: string;
  readonly path: string;
}
/** An address that nobody answers is none of its own: names from outside make no series. */
const elsewhere: Address = { method: 'other', path: 'other' };

/** What is counted of one address. */
interface Seen {
  readonly byStatus: Map<number, number>;
  readonly seconds: Distribution;
}

/** Counts requests over HTTP, by the names that MLServer has for them: labels are put to the counts when somebody asks. */
export function requestMetrics(registry: Registry): RequestObserver {
  const seen = new Map<Address, Seen>();
  let inProgress = 0;
  showRequests(registry, seen, () => inProgress);
  return {
    began: () => {
      inProgress += 1;
    },
    ended: (route, status, seconds) => {
      inProgress -= 1;
      const address = route ?? elsewhere;
      const of = seen.get(address) ?? { byStatus: new Map(), seconds: new Distribution(bounds) };
      seen.set(address, of);
      of.byStatus.set(status, (of.byStatus.get(status) ?? 0) + 1);
      of.seconds.add(seconds);
    },
  };
}

function showRequests(registry: Registry, seen: ReadonlyMap<Address, Seen>, inProgress: () => number): void {
  const registers = [registry];
  new Counter({
    name: 'rest_server_requests_total',
    help: 'Requests over HTTP that are over.',
    labelNames: ['method', 'path', 'status_code'],
    registers,
    collect() {
      this.reset();
      for (const [{ method, path }, { byStatus }] of seen) {
        for (const [status, count] of byStatus)
          this.inc({ method, path, status_code: String(status) }, count);
      }
    },
  });
  registry.registerMetric(
    histogramOf({
      name: 'rest_server_request_duration_seconds',
      help: 'Time from a request to the end of its answer.',
      bounds,
      series: () => [...seen].map(([{ method, path }, of]) => ({ labels: { method, path }, of: of.seconds })),
    }),
  );
  new Gauge({
    name: 'rest_server_requests_in_progress',
    help: 'Requests over HTTP that are being answered.',
    registers,
    collect() {
      this.set(inProgress());
    },
  });
}
