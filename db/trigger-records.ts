import { sql } from 'drizzle-orm';
import type { NewTriggerEvent, TriggerStore } from '../domain/ports/trigger-events.js';
import type { Session } from './client.js';
import { onlyRow } from './only-row.js';
import { orderedId } from './ordered-id.js';
import { unknownProject } from './project-lock.js';
import { storableJson } from './storable-json.js';
import { outcomeColumns } from './trigger-events.js';

/**
 * As `TriggerStore.record`, inside of a transaction or by itself: one statement, however many events. All of a batch
 * come at one time, and their ids keep the order they were given in; rows are written in the order of their keys, so
 * that batches with the same events wait for each other instead of blocking each other.
 */
export async function recordEvents(
  session: Session,
  events: readonly NewTriggerEvent[],
): ReturnType<TriggerStore['record']> {
  if (events.length === 0) return { recorded: 0, repeated: 0 };
  const json = storableJson(withoutDoubles(events));
  const rows = await session.execute<{ unknown: string | null; recorded: number }>(sql`
    with given as (
      select * from jsonb_to_recordset(${json}::jsonb) as event (
        id text, project text, model text, kind text, key text, by text, at timestamptz, facts jsonb, repeats int,
        outcome text, "runId" text, rule text, reason text)
    ), strange as (
      select min(project) as project from given where project not in (select name from projects)
    ), put as (
      insert into trigger_events as known
        (id, project, model, kind, key, by, at, facts, repeats, outcome, run_id, rule, reason, received_at)
      select id, project, model, kind, key, by, at, facts, repeats, outcome, "runId", rule, reason,
        (select clock_timestamp())
      from given
      where (select project from strange) is null
      order by project collate "C", model collate "C", key collate "C"
      on conflict (project, model, key) do update set repeats = known.repeats + 1 + excluded.repeats
      returning known.xmax = 0 as made
    )
    select (select project from strange) as unknown, (count(*) filter (where made))::int as recorded from put`);
  const { unknown, recorded } = onlyRow(rows);
  if (unknown !== null) throw unknownProject(unknown);
  return { recorded, repeated: events.length - recorded };
}

/** One of each key, the first, with how often the batch says it again. */
function withoutDoubles(events: readonly NewTriggerEvent[]) {
  const first = new Map<string, { readonly event: NewTriggerEvent; repeats: number }>();
  for (const event of events) {
    const name = storableJson([event.project, event.model, event.key]);
    const known = first.get(name);
    if (known) known.repeats += 1;
    else first.set(name, { event, repeats: 0 });
  }
  return [...first.values()].map(({ event: { outcome, ...event }, repeats }) => ({
    ...event,
    ...outcomeColumns(outcome),
    id: orderedId(),
    repeats,
  }));
}
