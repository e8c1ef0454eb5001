import type { ConfigFinding } from '../config/config-problem.js';
import type { TriggersConfig } from '../config/triggers.js';
import { readFilter } from './read-filter.js';

/** Filters of `triggers.events` that could never let an event through. */
export function checkFilters({ triggers }: { readonly triggers: TriggersConfig }): ConfigFinding[] {
  return Object.entries(triggers.events).flatMap(([name, { filter }]): ConfigFinding[] => {
    if (filter === undefined) return [];
    const read = readFilter(filter);
    if (read.kind === 'parsed') return [];
    const { came, allowed } = read;
    return [{ path: ['triggers', 'events', name, 'filter'], came, allowed }];
  });
}
