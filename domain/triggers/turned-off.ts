import type { TriggersConfig } from '../config/triggers.js';
import type { CauseFacts } from './trigger-event.js';

/** Why a model does not listen to such an event (any more); null where it does. */
export function turnedOff(facts: CauseFacts, triggers: TriggersConfig): string | null {
  switch (facts.kind) {
    case 'push':
      return triggers.push === false ? 'triggers.push is false' : null;
    case 'schedule':
      return missing('schedules', triggers.schedules, facts.schedule);
    case 'new-data':
      return missing('newData', triggers.newData, facts.name);
    case 'event':
      return missing('events', triggers.events, facts.name);
    case 'monitoring':
      return triggers.monitoring ? null : 'triggers.monitoring is false';
    case 'promotion':
    case 'manual':
      return null;
  }
}

function missing(list: string, declared: Readonly<Record<string, unknown>>, name: string): string | null {
  return Object.hasOwn(declared, name) ? null : `triggers.${list} has no "${name}"`;
}
