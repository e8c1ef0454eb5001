import { randomUUID } from 'node:crypto';
import { readCursor, writeCursor } from '../../../db/page-cursor.js';
import { pageLimit } from '../../../db/page-limit.js';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { EventFilter, NewTriggerEvent, TriggerStore } from '../../../domain/ports/trigger-events.js';
import type { TriggerEvent } from '../../../domain/triggers/trigger-event.js';
import { type MemoryState, now, requireProject, storable } from './memory-state.js';
import { createMemoryTriggerLines } from './memory-trigger-lines.js';

const order = 'events, newest';

export function createMemoryTriggers(state: MemoryState): TriggerStore {
  const events = () => [...state.triggerEvents.values()];
  return {
    record: async (given) => recordInMemory(state, given),
    ...createMemoryTriggerLines(state),
    async get(id) {
      const found = state.triggerEvents.get(id);
      if (found) return found;
      throw new RatchetError('NOT_FOUND', `there is no event "${id}"`);
    },
    async list(filter) {
      const limit = pageLimit(filter.limit, 'events');
      const { after } = filter;
      const found = events()
        .reverse()
        .filter((event) => matches(event, filter));
      const from =
        after === undefined ? 0 : found.findIndex(({ id }) => id === readCursor(after, order).id) + 1;
      const shown = found.slice(from, from + limit);
      const last = found.length > from + limit ? shown.at(-1) : undefined;
      const next = last ? writeCursor({ order, part: 'newest', at: last.receivedAt, id: last.id }) : null;
      return { events: shown, next };
    },
    async waiting() {
      const pending = events().filter(({ outcome }) => outcome === null);
      const lines = new Map(pending.map(({ project, model }) => [`${project}/${model}`, { project, model }]));
      return [...lines.values()];
    },
  };
}

/** As `TriggerStore.record`. */
export function recordInMemory(state: MemoryState, given: readonly NewTriggerEvent[]) {
  for (const { project } of given) requireProject(state, project);
  let recorded = 0;
  for (const { outcome = null, ...event } of given) {
    const key = storable(event.key) ?? '';
    const known = [...state.triggerEvents.values()].find(
      (one) => one.project === event.project && one.model === event.model && one.key === key,
    );
    if (known) {
      state.triggerEvents.set(known.id, { ...known, repeats: known.repeats + 1 });
      continue;
    }
    const receivedAt = now();
    const fresh = { id: randomUUID(), repeats: 0, proposedAt: null, receivedAt, outcome };
    const settledAt = outcome === null ? null : receivedAt;
    const at = new Date(event.at).toISOString();
    state.triggerEvents.set(fresh.id, { ...event, ...fresh, key, by: storable(event.by), at, settledAt });
    recorded += 1;
  }
  return { recorded, repeated: given.length - recorded };
}

function matches(event: TriggerEvent, filter: EventFilter): boolean {
  const { project, projects, model, kind, key, outcome, runId } = filter;
  if (projects?.includes(event.project) === false) return false;
  const became = event.outcome;
  const ofRun = became !== null && became.kind !== 'suppressed' ? became.runId : null;
  return (
    (project ?? event.project) === event.project &&
    (model ?? event.model) === event.model &&
    (kind ?? event.kind) === event.kind &&
    (key === undefined || storable(key) === event.key) &&
    (outcome === undefined || outcome === (became?.kind ?? 'pending')) &&
    (runId === undefined || runId === ofRun)
  );
}
