import type { BudgetsConfig } from '../config/tracking.js';
import { durationSeconds } from '../features/duration.js';
import { incidentCourses } from '../monitoring/incident-kinds.js';
import type { LineState } from '../ports/trigger-events.js';
import type { LineSettings } from './line-decision.js';

/** What keeps automatic runs of a line from starting. */
export interface AutomaticGate {
  readonly rule: 'blocked' | 'coolDown' | 'budget';
  /** In words that stand after "waits for" and by themselves. */
  readonly why: string;
  /** Milliseconds since 1970, later than now. */
  readonly until: number;
}

/** When runs leave the seven days, or an incident closes, is not known here: it is looked again after so long. */
const lookMs = 3_600_000;

type Known = Pick<LineState, 'lastAutomaticAt' | 'lastVetoedAt' | 'used'>;

/** Null where an automatic run may start. */
export function automaticGate(
  state: Known,
  { triggers, budgets, blockedBy }: Pick<LineSettings, 'triggers' | 'budgets' | 'blockedBy'>,
  now: number,
): AutomaticGate | null {
  if (blockedBy !== null)
    return { rule: 'blocked', why: `the end of ${blockText(blockedBy)}`, until: now + lookMs };
  const { coolDown } = triggers.handling;
  const last = coolDown === undefined ? undefined : lastOf(state);
  if (coolDown !== undefined && last !== undefined) {
    const until = last.atMs + durationSeconds(coolDown) * 1000;
    if (until > now) {
      const end = new Date(until).toISOString();
      return {
        rule: 'coolDown',
        why: `the cool-down of ${coolDown} after ${last.what}, which ends at ${end}`,
        until,
      };
    }
  }
  const usedUp = usedUpText(budgets, state.used);
  return usedUp === null ? null : { rule: 'budget', why: usedUp, until: now + lookMs };
}

function blockText({ id, kind, endpoint }: NonNullable<LineSettings['blockedBy']>): string {
  return `incident ${id} of endpoint ${endpoint}: ${incidentCourses[kind].words}`;
}

/** What a cool-down is counted from. A run that a person stopped before it began is one: else its next event announced it again. */
function lastOf({ lastAutomaticAt, lastVetoedAt }: Known) {
  const known = [
    { at: lastAutomaticAt, what: `the automatic run of ${lastAutomaticAt}` },
    { at: lastVetoedAt, what: `the veto of ${lastVetoedAt}` },
  ].flatMap(({ at, what }) => (at === null ? [] : [{ atMs: Date.parse(at), what }]));
  return known.toSorted((a, b) => a.atMs - b.atMs).at(-1);
}

function usedUpText(
  { runsPerWeek, computeMinutesPerWeek }: BudgetsConfig,
  used: LineState['used'],
): string | null {
  if (runsPerWeek !== undefined && used.runs >= runsPerWeek)
    return `the budget of ${runsPerWeek} automatic runs in seven days, of which ${used.runs} are used`;
  if (computeMinutesPerWeek !== undefined && used.computeMinutes >= computeMinutesPerWeek)
    return `the budget of ${computeMinutesPerWeek} compute minutes in seven days, of which ${rounded(used.computeMinutes)} are used`;
  return null;
}

const rounded = (minutes: number) => Math.round(minutes * 10) / 10;
