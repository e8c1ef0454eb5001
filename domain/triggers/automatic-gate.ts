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

/** Null where an automatic run may start. A person's veto stands on the clock of the machine, whatever is played again. */
export function automaticGate(
  state: Known,
  { triggers, budgets, blockedBy }: Pick<LineSettings, 'triggers' | 'budgets' | 'blockedBy'>,
  { nowMs, clockMs }: { readonly nowMs: number; readonly clockMs: number },
): AutomaticGate | null {
  if (blockedBy !== null)
    return { rule: 'blocked', why: `the end of ${blockText(blockedBy)}`, until: nowMs + lookMs };
  const { coolDown } = triggers.handling;
  const cooling = coolDown === undefined ? undefined : coolingAfter(state, coolDown, { nowMs, clockMs });
  if (cooling !== undefined)
    return {
      rule: 'coolDown',
      why: `the cool-down of ${coolDown} after ${cooling.what}, which ends at ${new Date(cooling.endMs).toISOString()}`,
      until: nowMs + cooling.leftMs,
    };
  const usedUp = usedUpText(budgets, state.used);
  return usedUp === null ? null : { rule: 'budget', why: usedUp, until: nowMs + lookMs };
}

function blockText({ id, kind, endpoint }: NonNullable<LineSettings['blockedBy']>): string {
  return `incident ${id} of endpoint ${endpoint}: ${incidentCourses[kind].words}`;
}

/** What cools down the longest. A run that a person stopped before it began is one: else its next event announced it again. */
function coolingAfter(
  { lastAutomaticAt, lastVetoedAt }: Known,
  coolDown: string,
  { nowMs, clockMs }: { readonly nowMs: number; readonly clockMs: number },
) {
  const known = [
    { at: lastAutomaticAt, fromMs: clockMs, what: `the automatic run of ${lastAutomaticAt}` },
    { at: lastVetoedAt, fromMs: nowMs, what: `the veto of ${lastVetoedAt}` },
  ].flatMap(({ at, fromMs, what }) => {
    if (at === null) return [];
    const endMs = Date.parse(at) + durationSeconds(coolDown) * 1000;
    return [{ what, endMs, leftMs: endMs - fromMs }];
  });
  const longest = known.toSorted((a, b) => a.leftMs - b.leftMs).at(-1);
  return longest !== undefined && longest.leftMs > 0 ? longest : undefined;
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
