import type { Notice } from '../ports/outbox.js';
import type { TriggerEvent } from '../triggers/trigger-event.js';
import { commands } from './command-words.js';
import { composeNotice } from './compose-notice.js';

/** A run that nobody asked for, announced before it starts. */
export interface ProposedRun {
  readonly project: string;
  readonly model: string;
  readonly owner: string | null;
  /** Oldest first, at least one. */
  readonly causes: readonly TriggerEvent[];
  readonly proposedAt: string;
  readonly startsAt: string;
}

/** The owner hears of the run while it can still be stopped. */
export function noticeOfProposal({
  project,
  model,
  owner,
  causes,
  proposedAt,
  startsAt,
}: ProposedRun): Notice {
  const commit = causes.map(commitOf).findLast((one) => one !== null) ?? null;
  return composeNotice({
    key: `proposal:${model}:${causes[0]?.id ?? ''}`,
    project,
    model,
    kind: 'run.proposed',
    title: `${project}/${model}: a run starts at ${startsAt}, unless somebody stops it`,
    facts: causes.map((cause) => `because of ${eventWords(cause)}`),
    commands: [
      `to stop it: ${commands.vetoRun(project, model)}`,
      `to stop every one until it is released: ${commands.holdModel(project, model)}`,
    ],
    to: [owner],
    commit,
    at: proposedAt,
  });
}

/** An event that starts nothing, with the rule; null for any other. */
export function noticeOfSuppression(event: TriggerEvent, owner: string | null): Notice | null {
  const { id, project, model, outcome } = event;
  if (outcome?.kind !== 'suppressed') return null;
  return composeNotice({
    key: `suppressed:${id}`,
    project,
    model,
    kind: 'trigger.suppressed',
    title: `${project}/${model}: ${event.kind} starts nothing, by the rule ${outcome.rule}`,
    facts: [`reason: ${outcome.reason}`, `event: ${eventWords(event)}`],
    commands: [`all of it: ${commands.showEvent(id)}`],
    to: [owner],
    at: event.settledAt ?? event.receivedAt,
  });
}

function commitOf({ facts }: TriggerEvent): string | null {
  return facts.kind === 'push' ? facts.commit : null;
}

function eventWords({ key, by, at }: TriggerEvent): string {
  return `${key}${by === null ? '' : ` by ${by}`} of ${at}`;
}
