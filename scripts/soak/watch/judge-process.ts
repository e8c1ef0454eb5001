import type { WatchDeps } from '../../../activities/monitoring/deps.js';
import { judgeDue } from '../../../activities/monitoring/judge-due.js';
import type { EndpointName } from '../../../domain/ports/deployment-target.js';
import { openPlace, settle, type WatchPlace, watchDeps } from './place.js';

/** What a judge is told to do. */
export interface LookOrder {
  readonly place: WatchPlace;
  readonly name: EndpointName;
  /** The clock, ISO-8601. */
  readonly now: string;
  /** The call to a store at which it kills itself, counted from 1. */
  readonly dies: { readonly call: number; readonly when: 'before' | 'after' } | null;
}

/** How a look ended: how many windows it judged, or what went wrong. */
export type LookAnswer = { readonly judged: number } | { readonly failed: string };

/** A process that judges what is due, as often as it is told to. */
let opened: Awaited<ReturnType<typeof openJudge>> | undefined;
let now = '';
let calls = 0;
let dies: LookOrder['dies'] = null;

process.on('message', (order: LookOrder) => void look(order));
process.send?.('ready');

async function look({ place, name, ...order }: LookOrder): Promise<void> {
  [now, dies, calls] = [order.now, order.dies, 0];
  try {
    opened ??= await openJudge(place);
    let judged = 0;
    for (;;) {
      const step = await judgeDue(opened.deps, name, new AbortController().signal);
      judged += step.judged;
      await settle(opened.place, name.project, () => now);
      if (step.judged === 0) break;
    }
    answer({ judged });
  } catch (error) {
    answer({ failed: error instanceof Error ? error.message : String(error) });
  }
}

const answer = (told: LookAnswer) => process.send?.(told);

async function openJudge(at: WatchPlace) {
  const place = await openPlace(at);
  const { triggers, watches } = place.stores;
  const stores = { ...place.stores, triggers: mortal(triggers), watches: mortal(watches) };
  const mortalPlace = { stores, blobs: place.blobs };
  const deps: WatchDeps = watchDeps(at, mortalPlace, () => now);
  return { place: mortalPlace, deps };
}

/** The same store; at one of its calls the process dies, before it is made or once it is done. */
function mortal<T extends object>(store: T): T {
  const call =
    (work: (...args: unknown[]) => Promise<unknown>) =>
    async (...args: unknown[]) => {
      calls += 1;
      const isLast = calls === dies?.call;
      if (isLast && dies?.when === 'before') process.kill(process.pid, 'SIGKILL');
      const result = await work(...args);
      if (isLast) process.kill(process.pid, 'SIGKILL');
      return result;
    };
  const entries = Object.entries(store).map(([name, work]) => [name, call(work)]);
  return Object.fromEntries(entries) as T;
}
