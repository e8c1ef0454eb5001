import type { BudgetsConfig } from '../config/tracking.js';
import { durationSeconds } from '../features/duration.js';
import type { LineState } from '../ports/trigger-events.js';
import type { LineSettings } from './line-decision.js';

/** What keeps automatic runs of a line from starting. */
export interface AutomaticGate {
  readonly rule: 'coolDown' | 'budget';
  /** In words that stand after "waits for" and by themselves. */
  readonly why: string;
  /** Milliseconds since 1970, later than now. */
  readonly until: number;
}

/** When runs leave the seven days is not known here: it is looked again after so long. */
const budgetLookMs = 3_600_000;

/** Null where an automatic run may start. */
export function automaticGate(
  { lastAutomaticAt, used }: Pick<LineState, 'lastAutomaticAt' | 'used'>,
  { triggers, budgets }: Pick<LineSettings, 'triggers' | 'budgets'>,
  now: number,
): AutomaticGate | null {
  const { coolDown } = triggers.handling;
  if (coolDown !== undefined && lastAutomaticAt !== null) {
    const until = Date.parse(lastAutomaticAt) + durationSeconds(coolDown) * 1000;
    if (until > now) {
      const end = new Date(until).toISOString();
      const why = `the cool-down of ${coolDown} after the automatic run of ${lastAutomaticAt}, which ends at ${end}`;
      return { rule: 'coolDown', why, until };
    }
  }
  const usedUp = usedUpText(budgets, used);
  return usedUp === null ? null : { rule: 'budget', why: usedUp, until: now + budgetLookMs };
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
