import type { TriggerStore } from '../domain/ports/trigger-events.js';
import type { Database } from './client.js';
import { createModelHolds } from './model-holds.js';
import { createTriggerEvents } from './trigger-events.js';
import { readLine } from './trigger-lines.js';
import { createTriggerOutcomes } from './trigger-outcomes.js';
import { recordEvents } from './trigger-records.js';

export function createTriggerStore(database: Database): TriggerStore {
  return {
    record: (events) => database.write((session) => recordEvents(session, events)),
    line: (at, asked) => database.query((session) => readLine(session, at, asked)),
    ...createTriggerOutcomes(database),
    ...createTriggerEvents(database),
    ...createModelHolds(database),
  };
}
