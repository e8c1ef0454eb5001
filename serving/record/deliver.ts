import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../domain/errors/ratchet-error.js';
import type { PredictionSink } from '../../domain/ports/predictions.js';
import { deliverSegment } from './deliver-segment.js';
import type { DeliveryNews } from './delivery-messages.js';

const [firstRestMs, longestRestMs] = [200, 10_000];

/** Delivers segments one after the other, each until it is delivered. */
export interface Deliverer {
  add(name: string): void;
  /** What rests after a failure is tried again now. */
  hurry(): void;
  /** Resolves after what is under way, or at once where that waits. */
  close(): Promise<void>;
}

export function createDeliverer(
  folder: string,
  sink: PredictionSink,
  tell: (news: DeliveryNews) => void,
): Deliverer {
  const names: string[] = [];
  const stopping = new AbortController();
  let resting = new AbortController();
  let working: Promise<void> | null = null;

  async function work(): Promise<void> {
    for (let name = names.shift(); name !== undefined && !stopping.signal.aborted; name = names.shift()) {
      await deliver(name);
    }
    working = null;
  }

  async function deliver(name: string): Promise<void> {
    let restMs = firstRestMs;
    while (!stopping.signal.aborted) {
      try {
        const delivered = await deliverSegment(folder, name, sink);
        if (restMs > firstRestMs) tell({ kind: 'flows' });
        return tell(delivered);
      } catch (error) {
        if (isGone(error)) return tell(goneSegment(name));
        tell({ kind: 'waits', reason: messageOf(error) });
        resting = new AbortController();
        const signal = AbortSignal.any([stopping.signal, resting.signal]);
        await sleep(restMs, undefined, { signal }).catch(() => undefined);
        restMs = Math.min(restMs * 2, longestRestMs);
      }
    }
  }

  return {
    add: (name) => {
      names.push(name);
      working ??= work();
    },
    hurry: () => resting.abort(),
    close: async () => {
      stopping.abort();
      await working;
      await sink.close();
    },
  };
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** Somebody has removed it: its records, which its name counts, are told as such that were not stored. */
function goneSegment(name: string): DeliveryNews {
  const setAside = Number(/-(\d+)\.spool$/.exec(name)?.[1] ?? 0);
  const feedback = { stored: 0, duplicate: 0, unknown: 0 };
  return { kind: 'delivered', name, rows: 0, duplicates: 0, feedback, setAside, asideBytes: 0 };
}
