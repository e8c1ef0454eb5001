import { durationSeconds } from '../features/duration.js';
import type { InFlight } from '../ports/trigger-events.js';
import type { AutomaticGate } from './automatic-gate.js';
import type { EventGroup } from './event-groups.js';
import { kindRules } from './kind-rules.js';
import type { LineSettings } from './line-decision.js';
import type { TriggerEvent } from './trigger-event.js';

/** What a line knows of itself while one of its groups is planned. */
export interface LineMoment {
  readonly settings: LineSettings;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The newest run in flight; older ones are being cancelled. */
  readonly running: InFlight | undefined;
  readonly gate: AutomaticGate | null;
}

/** Whether a group of events becomes a run now. */
export type RunPlan =
  | {
      readonly kind: 'start';
      /** What lets it start; the others of the group come along. */
      readonly leaders: readonly TriggerEvent[];
      readonly replaces: string | null;
    }
  | {
      readonly kind: 'wait';
      readonly wait: LineWait;
      /** Events whose run is announced by this. */
      readonly proposed: readonly string[];
    };

/** Why events stay pending. */
export interface LineWait {
  /** In words that stand after "waits for". */
  readonly why: string;
  /** Milliseconds since 1970, later than now; null where only a message ends it. */
  readonly until: number | null;
}

/** At most so often the debounce is waited for, however many events come. */
const mostDebounces = 10;

/** A person's events decide about a group alone, where it has any: they wait for no program. */
export function planRun(group: EventGroup, moment: LineMoment): RunPlan {
  const { settings, now, running, gate } = moment;
  const { handling } = settings.triggers;
  const people = group.events.filter(({ kind }) => !kindRules[kind].isAutomatic);
  const isAutomatic = people.length === 0;
  if (isAutomatic && gate !== null) return waits(gate.why, gate.until);
  const leaders = isAutomatic ? group.events : people;
  const replaces = handling.inFlight === 'replace' && leaders.some(({ kind }) => kindRules[kind].replaces);
  if (running !== undefined && !replaces) return waits(`the end of run ${running.runId}`, null);
  const since = isAutomatic ? announcedAt(leaders) : null;
  const ready = readyAt(leaders, handling.debounce);
  // An announced run starts when it was announced for, whatever comes meanwhile.
  if (since === null && ready > now)
    return waits(`others, until ${instant(ready)} (debounce of ${handling.debounce})`, ready);
  if (isAutomatic && handling.veto !== undefined) {
    const until = (since ?? now) + durationSeconds(handling.veto) * 1000;
    if (until > now) {
      const unannounced = leaders.filter(({ proposedAt }) => proposedAt === null).map(({ id }) => id);
      return waits(`a veto, until ${instant(until)}`, until, unannounced);
    }
  }
  return { kind: 'start', leaders, replaces: running?.runId ?? null };
}

function waits(why: string, until: number | null, proposed: readonly string[] = []): RunPlan {
  return { kind: 'wait', wait: { why, until }, proposed };
}

const instant = (atMs: number) => new Date(atMs).toISOString();

/** When the first of them was announced. */
function announcedAt(events: readonly TriggerEvent[]): number | null {
  const known = events.flatMap(({ proposedAt }) => (proposedAt === null ? [] : [Date.parse(proposedAt)]));
  return known.length === 0 ? null : known.reduce((a, b) => Math.min(a, b));
}

function readyAt(leaders: readonly TriggerEvent[], debounce: string | undefined): number {
  if (debounce === undefined || leaders.some(({ kind }) => !kindRules[kind].isDebounced)) return 0;
  const debounceMs = durationSeconds(debounce) * 1000;
  const received = leaders.map(({ receivedAt }) => Date.parse(receivedAt));
  const oldest = received.reduce((a, b) => Math.min(a, b));
  const newest = received.reduce((a, b) => Math.max(a, b));
  return Math.min(newest + debounceMs, oldest + mostDebounces * debounceMs);
}
