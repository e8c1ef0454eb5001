import type { Counted, VersionStatistics } from './data-plane-port.js';

/** What one version of a model has done since the start. */
export interface VersionCounters {
  /** A request was admitted. */
  came(): void;
  /** It was answered, or was not. Times in milliseconds. */
  left(isSuccess: boolean, totalMs: number): void;
  /** Its batch began after it had waited for so long. */
  waited(ms: number): void;
  /** A batch of so many rows and requests was answered. */
  ran(rows: number, requests: number, computeNs: number): void;
  /** A batch was run on the thread that reads requests. */
  ranInline(): void;
  read(): Omit<VersionStatistics, 'model' | 'version'>;
}

interface Sum {
  count: number;
  ns: number;
}

export function createVersionCounters(now: () => number = Date.now): VersionCounters {
  let [rows, batches, inline] = [0, 0, 0];
  let lastAtMs: number | null = null;
  const [success, fail, queue, compute]: readonly [Sum, Sum, Sum, Sum] = [zero(), zero(), zero(), zero()];
  const batchSizes = new Map<number, Sum>();
  return {
    came: () => {
      lastAtMs = now();
    },
    left: (isSuccess, totalMs) => add(isSuccess ? success : fail, totalMs * 1e6),
    waited: (ms) => add(queue, ms * 1e6),
    ran: (batchRows, requests, computeNs) => {
      rows += batchRows;
      batches += 1;
      add(compute, computeNs * requests, requests);
      const size = batchSizes.get(batchRows) ?? zero();
      batchSizes.set(batchRows, size);
      add(size, computeNs);
    },
    ranInline: () => {
      inline += 1;
    },
    read: () => ({
      lastAtMs,
      rows,
      batches,
      inline,
      success: { ...success },
      fail: { ...fail },
      queue: { ...queue },
      compute: { ...compute },
      batchSizes: new Map([...batchSizes].map(([size, sum]): [number, Counted] => [size, { ...sum }])),
    }),
  };
}

const zero = (): Sum => ({ count: 0, ns: 0 });

function add(sum: Sum, ns: number, count = 1): void {
  sum.count += count;
  sum.ns += Math.round(ns);
}
