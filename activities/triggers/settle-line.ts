import { randomUUID } from 'node:crypto';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { LineName, LineStep } from '../../domain/lifecycle/handle-triggers.js';
import { openIncidentsOf, retrainingBlock } from '../../domain/monitoring/incidents/retraining-block.js';
import type { ModelLine } from '../../domain/ports/model-lines.js';
import type { LineState } from '../../domain/ports/trigger-events.js';
import { decideLine } from '../../domain/triggers/decide-line.js';
import type { LineDecision } from '../../domain/triggers/line-decision.js';
import { headOf } from './branch-of.js';
import type { TriggerDeps } from './deps.js';
import type { TellDeps } from './tell.js';
import { tellProposed } from './tell-proposed.js';

type Deps = TellDeps & Pick<TriggerDeps, 'clock' | 'lines' | 'refs' | 'triggers' | 'watches'>;

const weekMs = 7 * 24 * 60 * 60 * 1000;
/** More wait for the next look, which comes at once. */
const eventsAtOnce = 500;
/** Others settle events of the same line only when a person vetoes. */
const mostTries = 100;

/**
 * Decides about the pending events of a model, and writes what was decided with the run that starts by it. Settles in
 * rounds until a run starts or nothing is left to decide at this moment.
 */
export async function settleLine(deps: Deps, at: LineName): Promise<LineStep> {
  const line = await lineOf(deps, at);
  for (let tries = 0; tries < mostTries; tries += 1) {
    const [now, clock] = [new Date().toISOString(), deps.clock()];
    const since = new Date(Date.parse(clock) - weekMs).toISOString();
    const state = await deps.triggers.line(at, { limit: eventsAtOnce, since });
    if (line === undefined) return endLine(deps, at, state);
    const { config } = await deps.projects.get(at.project);
    const { incidents } = await deps.watches.incidents(openIncidentsOf(at.project));
    const blockedBy = retrainingBlock(incidents, at.model);
    const settings = { triggers: line.triggers, budgets: config.budgets, rolloutInFlight: false, blockedBy };
    const decision = decideLine({ state, settings, now, clock, runId: randomUUID() });
    const late = lateToCancel(line, state);
    if (decision.outcomes.length + decision.proposed.length === 0)
      return { ...stepOf(decision), cancel: late };
    if (!(await write(deps, at, decision, clock))) continue;
    if (decision.proposed.length > 0) await tellProposed(deps, line, decision, state);
    if (decision.start !== null) return { ...stepOf(decision), wakeAt: now };
  }
  throw new RatchetError(
    'INTERNAL',
    `the events of ${at.project}/${at.model} are settled by others again and again`,
  );
}

/** A run that was to make way, where the answer that said so was lost. */
function lateToCancel({ triggers }: ModelLine, { inFlight }: LineState): string | null {
  if (triggers.handling.inFlight !== 'replace' || inFlight.length < 2) return null;
  const [oldest] = inFlight.toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
  return oldest?.runId ?? null;
}

function stepOf({ start, cancel, wakeAt }: LineDecision): LineStep {
  return { start: start && { runId: start.id }, cancel, wakeAt, isGone: false };
}

async function write(
  deps: Deps,
  at: LineName,
  { outcomes, proposed, start }: LineDecision,
  clockAt: string,
): Promise<boolean> {
  const run = start && {
    id: start.id,
    ref: start.commit ?? (await headOf(deps, at.project)),
    variant: start.variant,
    automatic: start.automatic,
    clockAt,
    causes: start.causes,
  };
  return deps.triggers.settle(at, { outcomes, proposed, run });
}

async function lineOf({ lines }: Deps, { project, model }: LineName): Promise<ModelLine | undefined> {
  try {
    return await lines.get(project, model);
  } catch (error) {
    if (error instanceof RatchetError && error.code === 'MODEL_NOT_FOUND') return undefined;
    throw error;
  }
}

/** A model that the project no longer has: what waits for it starts nothing. */
async function endLine(
  { triggers }: Deps,
  at: LineName,
  { pending, inFlight }: LineState,
): Promise<LineStep> {
  const reason = `${at.project} has no model ${at.model} on its tracked branch`;
  const outcome = { kind: 'suppressed', rule: 'turned-off', reason } as const;
  const outcomes = pending.map(({ id }) => ({ id, outcome }));
  if (outcomes.length > 0) await triggers.settle(at, { outcomes, proposed: [], run: null });
  const isGone = outcomes.length === 0 && inFlight.length === 0;
  const wakeAt = outcomes.length > 0 ? new Date().toISOString() : null;
  return { start: null, cancel: null, wakeAt, isGone };
}
