import type { LineState } from '../ports/trigger-events.js';
import { automaticGate } from './automatic-gate.js';
import { type Fate, startedFates, stoppedFate, suppressed, waiting, waitingFate } from './event-fate.js';
import { type EventGroup, eventGroups } from './event-groups.js';
import { kindRules } from './kind-rules.js';
import type { LineDecision, LineQuestion, LineSettings, RunStart } from './line-decision.js';
import { type LineMoment, type LineWait, planRun, type RunPlan } from './plan-run.js';
import type { TriggerEvent } from './trigger-event.js';
import { turnedOff } from './turned-off.js';

/** Decides about the pending events of a model's line. The same question has the same answer. */
export function decideLine(question: LineQuestion): LineDecision {
  const { state, settings } = question;
  const off = state.pending.flatMap((event) => {
    const reason = turnedOff(event.facts, settings.triggers);
    return reason === null ? [] : [suppressed(event, 'turned-off', reason)];
  });
  const isOff = new Set(off.map(({ event }) => event.id));
  const live = state.pending.filter(({ id }) => !isOff.has(id));
  const stop = stopOf(state, settings);
  if (stop !== null) return decision([...off, ...live.map((event) => stoppedFate(event, state, stop))]);
  const { fates, ...others } = decideLive(question, live);
  return decision([...off, ...fates], others);
}

/** A person, or a rollout. */
function stopOf({ hold }: LineState, { rolloutInFlight }: LineSettings): LineWait | null {
  if (hold !== null)
    return { why: `the release by ${hold.by}, who holds the model: ${hold.reason}`, until: null };
  return rolloutInFlight ? { why: 'the end of the rollout that is in flight', until: null } : null;
}

type Decided = Partial<Pick<LineDecision, 'start' | 'proposed'>>;
type Planned = { readonly group: EventGroup; readonly plan: RunPlan };

/** At most one group becomes a run. */
function decideLive(
  { state, settings, now, clock = now, runId }: LineQuestion,
  live: readonly TriggerEvent[],
): Decided & { readonly fates: readonly Fate[] } {
  const moment: LineMoment = {
    settings,
    now: Date.parse(now),
    running: newest(state.inFlight),
    gate: automaticGate(state, settings, { nowMs: Date.parse(now), clockMs: Date.parse(clock) }),
  };
  const groups = eventGroups(live, settings.triggers.handling.inFlight);
  const planned = groups.map((group) => ({ group, plan: planRun(group, moment) }));
  for (const { group, plan } of planned)
    if (plan.kind === 'start') {
      const start = runStart(runId, group, plan.leaders, plan.replaces);
      const causes = new Set(start.causes);
      const wait = { why: `the end of run ${runId}`, until: null };
      const rest = live.filter((event) => !causes.has(event)).map((event) => waiting(event, wait));
      return { fates: [...startedFates(start), ...rest], start };
    }
  return waitingAll(live, planned, moment);
}

function waitingAll(
  live: readonly TriggerEvent[],
  planned: readonly Planned[],
  moment: LineMoment,
): Decided & { readonly fates: readonly Fate[] } {
  const planOf = new Map(
    planned.flatMap(({ group, plan }) => group.events.map(({ id }) => [id, plan] as const)),
  );
  const fates = live.map((event) => waitingFate(event, moment, planOf.get(event.id)));
  const proposed = planned.flatMap(({ plan }) => (plan.kind === 'wait' ? plan.proposed : []));
  return { fates, proposed };
}

function runStart(
  id: string,
  { variant, events }: EventGroup,
  leaders: readonly TriggerEvent[],
  replaces: string | null,
): RunStart {
  const leads = new Set(leaders);
  const causes = [...leaders, ...events.filter((event) => !leads.has(event))];
  const commits = causes.flatMap(({ facts }) => (facts.kind === 'push' ? [facts.commit] : []));
  const automatic = causes.every(({ kind }) => kindRules[kind].isAutomatic);
  return { id, commit: commits.at(-1) ?? null, variant, automatic, causes, replaces };
}

function newest(inFlight: LineState['inFlight']): LineState['inFlight'][number] | undefined {
  return [...inFlight].sort((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt)).at(-1);
}

function decision(fates: readonly Fate[], { start = null, proposed = [] }: Decided = {}): LineDecision {
  const waits = fates.flatMap((fate) => (fate.kind === 'waits' ? [{ id: fate.event.id, ...fate.wait }] : []));
  const untils = waits.flatMap(({ until }) => (until === null ? [] : [until]));
  const reasons = [...new Set(waits.map(({ why }) => why))];
  return {
    outcomes: fates.flatMap((fate) =>
      fate.kind === 'settled' ? [{ id: fate.event.id, outcome: fate.outcome }] : [],
    ),
    proposed,
    start,
    cancel: start?.replaces ?? null,
    wakeAt: instantOrNull(untils.length === 0 ? null : untils.reduce((a, b) => Math.min(a, b))),
    waits: waits.map(({ until, ...wait }) => ({ ...wait, until: instantOrNull(until) })),
    waitsFor: reasons.length === 0 ? null : reasons.join('; '),
  };
}

function instantOrNull(atMs: number | null): string | null {
  return atMs === null ? null : new Date(atMs).toISOString();
}
