import type { z } from '@hono/zod-openapi';
import type { EventFilter } from '../../domain/ports/trigger-events.js';
import type { EventOutcome, TriggerEvent } from '../../domain/triggers/trigger-event.js';
import type { GatewayDeps } from '../deps.js';
import type { eventDetailSchema, eventListQuery, eventPageSchema, eventSchema } from '../shapes/triggers.js';
import { lineWaits } from './line-waits.js';
import { requireKnown } from './require-known.js';

type Detail = z.infer<typeof eventDetailSchema>;

/**
 * One page of events, newest first, with the holds of the models that it is about. Errors: `REQUEST_INVALID` for a cursor
 * of another listing, `PROJECT_NOT_FOUND`, `MODEL_NOT_FOUND`.
 */
export async function eventPage(
  deps: GatewayDeps,
  query: z.infer<typeof eventListQuery>,
  /** Of which projects; null for all. */
  readable: readonly string[] | null,
): Promise<z.infer<typeof eventPageSchema>> {
  const { project, model, kind, outcome, run, limit, after } = query;
  const filter: EventFilter = {
    ...(readable === null ? {} : { projects: readable }),
    ...(project === undefined ? {} : { project }),
    ...(model === undefined ? {} : { model }),
    ...(kind === undefined ? {} : { kind }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(run === undefined ? {} : { runId: run }),
    ...(limit === undefined ? {} : { limit }),
    ...(after === undefined ? {} : { after }),
  };
  const page = await deps.triggers.list(filter);
  if (page.events.length === 0) await requireKnown(deps, { project, model });
  return {
    events: await eventDetails(deps, page.events),
    holds: await holdsOf(deps, query, readable),
    next: page.next,
  };
}

/** Events with what those that are pending wait for. */
export async function eventDetails(deps: GatewayDeps, events: readonly TriggerEvent[]): Promise<Detail[]> {
  const pending = events.filter(({ outcome }) => outcome === null);
  const lines = new Map(pending.map(({ project, model }) => [`${project}/${model}`, { project, model }]));
  const waits = new Map(
    await Promise.all([...lines].map(async ([name, at]) => [name, await lineWaits(deps, at)] as const)),
  );
  return events.map((event) => {
    const wait =
      event.outcome === null ? waits.get(`${event.project}/${event.model}`)?.(event.id) : undefined;
    return { ...plainEvent(event), waitsFor: wait?.why ?? null, waitsUntil: wait?.until ?? null };
  });
}

/** Error: `NOT_FOUND`. */
export async function eventDetail(deps: GatewayDeps, id: string): Promise<Detail> {
  const [detail] = await eventDetails(deps, [await deps.triggers.get(id)]);
  if (detail === undefined) throw new Error('one event has one detail');
  return detail;
}

export function plainEvent({ outcome, ...event }: TriggerEvent): z.infer<typeof eventSchema> {
  return { ...event, outcome: outcome && plainOutcome(outcome) };
}

function plainOutcome(outcome: EventOutcome) {
  const none = { runId: null, rule: null, reason: null };
  return { ...none, ...outcome };
}

async function holdsOf(
  { projects, triggers }: GatewayDeps,
  { project, model }: z.infer<typeof eventListQuery>,
  readable: readonly string[] | null,
) {
  const all =
    project === undefined ? (readable ?? (await projects.list()).map(({ name }) => name)) : [project];
  const holds = (await Promise.all(all.map((name) => triggers.holds(name)))).flat();
  return holds.filter((hold) => model === undefined || hold.model === model).map((hold) => ({ ...hold }));
}
