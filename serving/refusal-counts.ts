import { RatchetError } from '../domain/errors/ratchet-error.js';
import type { InferenceRequest } from './inference-request.js';
import type { Served, TrafficMeter } from './record/traffic-tallies.js';

/** Counts requests that had no answer, each once: an error passes the plane, and then the edge that asked it. */
export interface RefusalCounts {
  /** Of a request that a version had; one that is no traffic is passed over. */
  ofRequest(of: Served, request: InferenceRequest, error: unknown, isTraffic: boolean): void;
  /** Of one that an edge refused, unless it is counted, or there is no version that it was for. */
  ofEdge(of: Served | undefined, error: object): void;
}

export function countRefusals(meter: TrafficMeter): RefusalCounts {
  const seen = new WeakSet<object>();
  return {
    ofRequest(of, { signal }, error, isTraffic) {
      // Whoever went away was owed nothing.
      if (signal?.aborted === true && error === signal.reason) return;
      if (error instanceof Error) seen.add(error);
      if (!isTraffic) return;
      if (error instanceof RatchetError && error.code === 'REQUEST_INVALID') meter.refused(of);
      else meter.failed(of);
    },
    ofEdge(of, error) {
      if (of !== undefined && !seen.has(error)) meter.refused(of);
    },
  };
}
