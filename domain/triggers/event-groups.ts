import type { HandlingConfig } from '../config/triggers.js';
import { kindRules } from './kind-rules.js';
import type { TriggerEvent } from './trigger-event.js';

/** Pending events that can be one run. */
export interface EventGroup {
  readonly variant: string | null;
  /** Oldest first, at least one. */
  readonly events: readonly TriggerEvent[];
}

/**
 * Events that can be one run, by the variant they ask for: who comes first of persons, then of programs. Where every
 * push has a run of its own, only the oldest is in a group; the others are in none.
 */
export function eventGroups(
  pending: readonly TriggerEvent[],
  inFlight: HandlingConfig['inFlight'],
): readonly EventGroup[] {
  const firstPush = pending.find(({ kind }) => kind === 'push');
  const byVariant = new Map<string | null, TriggerEvent[]>();
  for (const event of pending) {
    if (inFlight === 'queue' && event.kind === 'push' && event !== firstPush) continue;
    const variant = event.facts.kind === 'schedule' ? event.facts.variant : null;
    byVariant.set(variant, [...(byVariant.get(variant) ?? []), event]);
  }
  const groups = [...byVariant].map(([variant, events]) => ({ variant, events }));
  return [...groups.filter(hasPerson), ...groups.filter((group) => !hasPerson(group))];
}

const hasPerson = ({ events }: EventGroup) => events.some(({ kind }) => !kindRules[kind].isAutomatic);
