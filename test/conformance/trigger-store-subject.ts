import type { RunStore } from '../../domain/ports/runs.js';
import type { NewTriggerEvent, TriggerStore } from '../../domain/ports/trigger-events.js';
import type { CauseFacts, TriggerEvent } from '../../domain/triggers/trigger-event.js';

/** Stores of one place, and a known project that no other event of them belongs to. */
interface TriggerStoreSubject {
  readonly triggers: TriggerStore;
  readonly runs: RunStore;
  readonly project: string;
}

export type MakeTriggerStore = () => Promise<TriggerStoreSubject>;

/** An alarm, for the suites of this folder. */
export function alarm(project: string, key: string, change: Partial<NewTriggerEvent> = {}): NewTriggerEvent {
  const facts: CauseFacts = {
    kind: 'monitoring',
    alarm: key,
    rule: 'psi',
    value: 0.31,
    limit: 0.2,
    endpoint: null,
  };
  const at = '2024-05-01T00:00:00.000Z';
  return { project, model: 'delay', kind: 'monitoring', key, by: null, at, facts, ...change };
}

/** What is decided where all of the events become one run: the first starts it. */
export function oneRun(
  runId: string,
  causes: readonly TriggerEvent[],
  automatic = true,
  clockAt = new Date().toISOString(),
) {
  return {
    outcomes: causes.map(({ id }, index) => ({
      id,
      outcome: { kind: index === 0 ? 'started' : 'merged', runId } as const,
    })),
    proposed: [],
    run: { id: runId, ref: 'main', variant: null, automatic, clockAt, causes },
  };
}
