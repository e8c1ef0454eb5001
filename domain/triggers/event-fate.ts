import type { LineState } from '../ports/trigger-events.js';
import { kindRules } from './kind-rules.js';
import type { RunStart } from './line-decision.js';
import type { LineMoment, LineWait, RunPlan } from './plan-run.js';
import type { EventOutcome, SuppressRule, TriggerEvent } from './trigger-event.js';

/** What becomes of one event. */
export type Fate =
  | { readonly event: TriggerEvent; readonly kind: 'settled'; readonly outcome: EventOutcome }
  | { readonly event: TriggerEvent; readonly kind: 'waits'; readonly wait: LineWait };

export function suppressed(event: TriggerEvent, rule: SuppressRule, reason: string): Fate {
  return { event, kind: 'settled', outcome: { kind: 'suppressed', rule, reason } };
}

export function waiting(event: TriggerEvent, { why, until }: LineWait): Fate {
  return { event, kind: 'waits', wait: { why, until } };
}

/** Of the causes of a run that starts. */
export function startedFates({ id, causes }: RunStart): Fate[] {
  return causes.map((event, at) => ({
    event,
    kind: 'settled',
    outcome: { kind: at === 0 ? 'started' : 'merged', runId: id },
  }));
}

/** Of an event while a person or a rollout stops the line. */
export function stoppedFate(event: TriggerEvent, { hold }: LineState, wait: LineWait): Fate {
  if (hold === null || kindRules[event.kind].held === 'waits') return waiting(event, wait);
  return suppressed(event, 'held', `${hold.by} holds the model since ${hold.since}: ${hold.reason}`);
}

/** Of an event while no run starts. One in no group waits for the push before it. */
export function waitingFate(
  event: TriggerEvent,
  { running, gate }: LineMoment,
  plan: RunPlan | undefined,
): Fate {
  const rule = kindRules[event.kind];
  if (running !== undefined && rule.inFlight === 'suppressed')
    return suppressed(event, 'cool-down', `run ${running.runId} is in flight`);
  if (rule.isAutomatic && gate !== null) {
    if (rule[gate.rule] === 'suppressed')
      return suppressed(event, gate.rule === 'budget' ? 'budget' : 'cool-down', gate.why);
    return waiting(event, gate);
  }
  return waiting(event, plan?.kind === 'wait' ? plan.wait : { why: 'the push before it', until: null });
}
