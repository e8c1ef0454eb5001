import { triggersSchema } from '../../../domain/config/triggers.js';
import type { CauseKind } from '../../../domain/names.js';
import type { LineState } from '../../../domain/ports/trigger-events.js';
import type { LineDecision, LineQuestion, LineSettings } from '../../../domain/triggers/line-decision.js';
import type { CauseFacts, TriggerEvent } from '../../../domain/triggers/trigger-event.js';

/** 2026-01-05T00:00:00Z, a Monday. */
const start = Date.parse('2026-01-05T00:00:00Z');

/** An instant so many minutes into the first week. */
export const minute = (minutes: number) => new Date(start + minutes * 60_000).toISOString();

/** Small facts of a kind. `id` is the commit of a push. */
function factsOf(kind: CauseKind, id: string): CauseFacts {
  switch (kind) {
    case 'push':
      return {
        kind,
        ref: 'refs/heads/main',
        commit: id,
        before: null,
        author: 'ann',
        subject: 's',
        paths: [],
        files: 1,
      };
    case 'schedule':
      return { kind, schedule: 'nightly', slot: '2026-01-05T00:00', timeZone: 'UTC', variant: null };
    case 'new-data':
      return { kind, name: 'rows', source: 'db', from: null, to: id, rows: 1, late: 0, inLateness: 0 };
    case 'monitoring':
      return { kind, alarm: id, rule: 'drift', value: 1, limit: 0, endpoint: null };
    case 'event':
      return { kind, name: 'promo', source: 'shop', id, payload: null };
    case 'promotion':
      return { kind, version: 1 };
    case 'manual':
      return { kind, reason: null };
  }
}

export function madeEvent(kind: CauseKind, id: string, over: Partial<TriggerEvent> = {}): TriggerEvent {
  return {
    id,
    project: 'p',
    model: 'm',
    kind,
    key: `${kind}:${id}`,
    by: null,
    at: minute(0),
    facts: factsOf(kind, id),
    receivedAt: minute(0),
    repeats: 0,
    proposedAt: null,
    outcome: null,
    settledAt: null,
    ...over,
  };
}

/** An event of a schedule that trains a variant. */
export const ofVariant = (id: string, variant: string, over: Partial<TriggerEvent> = {}): TriggerEvent =>
  madeEvent('schedule', id, {
    facts: { kind: 'schedule', schedule: 'nightly', slot: '2026-01-05T00:00', timeZone: 'UTC', variant },
    ...over,
  });

/** Triggers that listen to all that `madeEvent` makes. */
export const listening = (handling: object = {}) =>
  triggersSchema.parse({
    schedules: { nightly: { cron: '0 3 * * *' } },
    newData: { rows: { source: 'db', query: 'select 1' } },
    events: { promo: {} },
    handling,
  });

export const settingsOf = (handling: object = {}, over: Partial<LineSettings> = {}): LineSettings => ({
  triggers: listening(handling),
  budgets: {},
  rolloutInFlight: false,
  blockedBy: null,
  ...over,
});

export function questionOf(
  pending: readonly TriggerEvent[],
  settings: LineSettings = settingsOf(),
  state: Partial<LineState> = {},
  now = minute(0),
): LineQuestion {
  const used = { runs: 0, computeMinutes: 0 };
  const none = { inFlight: [], lastAutomaticAt: null, lastVetoedAt: null, used, hold: null };
  return { state: { pending, ...none, ...state }, settings, now, runId: 'run-new' };
}

/** `started`, `merged`, `suppressed cool-down` or `waits`, by event. */
export const fates = ({ outcomes }: LineDecision, ids: readonly string[]) =>
  ids.map((id) => {
    const outcome = outcomes.find((one) => one.id === id)?.outcome;
    if (outcome === undefined) return 'waits';
    return outcome.kind === 'suppressed' ? `suppressed ${outcome.rule}` : outcome.kind;
  });
