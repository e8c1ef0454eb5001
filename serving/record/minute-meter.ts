import { randomUUID } from 'node:crypto';
import type { ServedMinute } from '../../domain/ports/served-minutes.js';
import { type TrafficMeter, TrafficTallies } from './traffic-tallies.js';

const minuteMs = 60_000;
/** Minutes that could not be written and are kept until they can; the oldest go first. */
const mostKept = 1000;

/** Counts what becomes of requests, and tells it minute by minute. */
export interface MinuteMeter {
  readonly counts: TrafficMeter;
  /** Tells of the minute that is not over. Nothing may be counted after. */
  close(): Promise<void>;
}

export interface MeterParts {
  /** `project/endpoint` that a model is served for; null where it is none: nothing is told of it. */
  readonly endpointOf: (model: string) => string | null;
  /** Keeps minutes for good; false where there is no room. */
  readonly keep: (minutes: readonly ServedMinute[]) => Promise<boolean>;
  /** So many minutes are told to nobody. */
  readonly onLost: (minutes: number) => void;
  readonly now?: () => number;
}

/** One for each server that records. */
export function createMinuteMeter({ endpointOf, keep, onLost, now = Date.now }: MeterParts): MinuteMeter {
  const server = randomUUID();
  const counts = new TrafficTallies();
  let beganMs = minuteOf(now());
  let kept: readonly ServedMinute[] = [];
  let timer = schedule();

  function schedule(): NodeJS.Timeout {
    return setTimeout(tick, beganMs + minuteMs - now()).unref();
  }

  function tick(): void {
    const minutes = take();
    timer = schedule();
    void tell(minutes);
  }

  /** A timer may be early and a clock set back: no two minutes of a server begin at once. */
  function take(): readonly ServedMinute[] {
    const at = new Date(beganMs).toISOString();
    beganMs = Math.max(minuteOf(now()), beganMs + minuteMs);
    return counts.take().flatMap((counted) => {
      const endpoint = endpointOf(counted.model);
      return endpoint === null ? [] : [{ endpoint, server, at, ...counted }];
    });
  }

  /** Never rejects. */
  async function tell(minutes: readonly ServedMinute[]): Promise<void> {
    const all = [...kept, ...minutes];
    kept = [];
    if (all.length === 0 || (await keep(all))) return;
    const left = [...all, ...kept];
    kept = left.slice(-mostKept);
    if (left.length > kept.length) onLost(left.length - kept.length);
  }

  return {
    counts,
    close: async () => {
      clearTimeout(timer);
      await tell(take());
      if (kept.length > 0) onLost(kept.length);
    },
  };
}

const minuteOf = (ms: number): number => Math.floor(ms / minuteMs) * minuteMs;
