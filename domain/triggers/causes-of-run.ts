import type { Cause } from '../ports/runs.js';
import type { TriggerEvent } from './trigger-event.js';

/** Events of a kind that a run lists, unless it takes more to name everyone. */
const mostOfKind = 20;

interface Listed {
  readonly event: TriggerEvent;
  readonly more: number;
}

/**
 * Why a run starts, oldest first. Of a kind with many events the newest 20 are listed, and the newest of them says how
 * many more there are. Of the older ones those stay that name somebody whom no listed one names: who started a run may
 * not approve what comes of it.
 */
export function causesOfRun(events: readonly TriggerEvent[]): readonly Cause[] {
  const kinds = new Map<string, TriggerEvent[]>();
  for (const event of events.toSorted(newestFirst)) {
    const others = kinds.get(event.kind);
    if (others) others.push(event);
    else kinds.set(event.kind, [event]);
  }
  return [...kinds.values()]
    .flatMap(listed)
    .toSorted((a, b) => newestFirst(b.event, a.event))
    .map(toCause);
}

function listed(ofKind: readonly TriggerEvent[]): readonly Listed[] {
  const newest = ofKind.slice(0, mostOfKind);
  const named = new Set([null, ...newest.map(({ by }) => by)]);
  const others = ofKind.slice(mostOfKind).filter(({ by }) => {
    const isNew = !named.has(by);
    named.add(by);
    return isNew;
  });
  const shown = [...newest, ...others];
  const more = ofKind.length - shown.length;
  return shown.map((event, index) => ({ event, more: index === 0 ? more : 0 }));
}

function toCause({ event: { id, kind, by, at, facts }, more }: Listed): Cause {
  return { kind, ...(by !== null && { by }), at, event: id, facts, ...(more > 0 && { more }) };
}

function newestFirst(a: TriggerEvent, b: TriggerEvent): number {
  if (a.at !== b.at) return a.at < b.at ? 1 : -1;
  return a.id < b.id ? 1 : -1;
}
