import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { openIncidentsOf, retrainingBlock } from '../../domain/monitoring/incidents/retraining-block.js';
import type { ModelLine } from '../../domain/ports/model-lines.js';
import type { LineState } from '../../domain/ports/trigger-events.js';
import { decideLine } from '../../domain/triggers/decide-line.js';
import type { EventWait, LineSettings } from '../../domain/triggers/line-decision.js';
import type { GatewayDeps } from '../deps.js';

type Deps = Pick<GatewayDeps, 'clock' | 'modelLines' | 'projects' | 'triggers' | 'watches'>;
type Wait = Omit<EventWait, 'id'>;

/** As many as the line itself decides about at once. */
const eventsAtOnce = 500;
const weekMs = 7 * 24 * 60 * 60 * 1000;

/** What the pending events of a model's line wait for at this moment, by id. Nothing is written. */
export async function lineWaits(
  deps: Deps,
  at: Pick<ModelLine, 'project' | 'model'>,
): Promise<(id: string) => Wait> {
  const clock = deps.clock();
  const since = new Date(Date.parse(clock) - weekMs).toISOString();
  const [state, line, { config }, { incidents }] = await Promise.all([
    deps.triggers.line(at, { limit: eventsAtOnce, since }),
    lineOf(deps, at),
    deps.projects.get(at.project),
    deps.watches.incidents(openIncidentsOf(at.project)),
  ]);
  const known = { budgets: config.budgets, blockedBy: retrainingBlock(incidents, at.model) };
  const waits = line === undefined ? unseen(state) : decided(state, line, known, clock);
  const byId = new Map(waits.map(({ id, ...wait }) => [id, wait]));
  return (id) => byId.get(id) ?? { why: `its turn: ${eventsAtOnce} events are decided at once`, until: null };
}

function decided(
  state: LineState,
  { triggers }: ModelLine,
  known: Pick<LineSettings, 'budgets' | 'blockedBy'>,
  clock: string,
): readonly EventWait[] {
  const settings = { triggers, ...known, rolloutInFlight: false };
  const now = new Date().toISOString();
  const { outcomes, start, waits } = decideLine({ state, settings, now, clock, runId: 'next' });
  const settled = new Set(outcomes.map(({ id }) => id));
  const others =
    start === null
      ? waits
      : waits.map(({ id }) => ({ id, why: 'the end of the run that is about to start', until: null }));
  return [...others, ...unseen({ pending: state.pending.filter(({ id }) => settled.has(id)) })];
}

/** Events that are settled as soon as the line looks at them. */
function unseen({ pending }: Pick<LineState, 'pending'>): readonly EventWait[] {
  return pending.map(({ id }) => ({ id, why: 'its line, which looks at it next', until: null }));
}

async function lineOf(
  { modelLines }: Deps,
  { project, model }: Pick<ModelLine, 'project' | 'model'>,
): Promise<ModelLine | undefined> {
  try {
    return await modelLines.get(project, model);
  } catch (error) {
    if (error instanceof RatchetError && error.code === 'MODEL_NOT_FOUND') return undefined;
    throw error;
  }
}
