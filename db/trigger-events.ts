import { and, desc, eq, inArray, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import type { EventFilter, TriggerStore } from '../domain/ports/trigger-events.js';
import type { EventOutcome, TriggerEvent } from '../domain/triggers/trigger-event.js';
import type { Database } from './client.js';
import { readCursor, writeCursor } from './page-cursor.js';
import { pageLimit } from './page-limit.js';
import { triggerEvents } from './schema/triggers.js';
import { storableText } from './storable-text.js';

type Row = typeof triggerEvents.$inferSelect;

const listOrder = 'events, newest';

/** Events as they are read. */
export function createTriggerEvents(database: Database): Pick<TriggerStore, 'get' | 'list' | 'waiting'> {
  return {
    async get(id) {
      const [row] = await database.query((session) =>
        session.select().from(triggerEvents).where(eq(triggerEvents.id, id)),
      );
      if (row) return toEvent(row);
      throw unknownEvent(id);
    },
    list: (filter) => list(database, filter),
    waiting: () =>
      database.query((session) =>
        session
          .selectDistinct({ project: triggerEvents.project, model: triggerEvents.model })
          .from(triggerEvents)
          .where(isNull(triggerEvents.outcome))
          .orderBy(triggerEvents.project, triggerEvents.model),
      ),
  };
}

export function unknownEvent(id: string): RatchetError {
  return new RatchetError('NOT_FOUND', `there is no event "${id}"`, { event: id });
}

async function list(database: Database, filter: EventFilter): ReturnType<TriggerStore['list']> {
  const limit = pageLimit(filter.limit, 'events');
  const after = filter.after === undefined ? undefined : readCursor(filter.after, listOrder);
  const older =
    after &&
    sql`(${triggerEvents.receivedAt}, ${triggerEvents.id}) < (${after.at}::timestamptz, ${after.id})`;
  const rows = await database.query((session) =>
    session
      .select()
      .from(triggerEvents)
      .where(and(...matching(filter), older))
      .orderBy(desc(triggerEvents.receivedAt), desc(triggerEvents.id))
      .limit(limit + 1),
  );
  const events = rows.slice(0, limit).map(toEvent);
  const last = rows.length > limit ? events.at(-1) : undefined;
  const cursor = last && ({ order: listOrder, part: 'newest', at: last.receivedAt, id: last.id } as const);
  return { events, next: cursor ? writeCursor(cursor) : null };
}

function matching(filter: EventFilter): (SQL | undefined)[] {
  const { project, projects, model, kind, key, outcome, runId } = filter;
  return [
    project === undefined ? undefined : eq(triggerEvents.project, project),
    projects === undefined ? undefined : inArray(triggerEvents.project, [...projects]),
    model === undefined ? undefined : eq(triggerEvents.model, model),
    kind === undefined ? undefined : eq(triggerEvents.kind, kind),
    key === undefined ? undefined : eq(triggerEvents.key, storableText(key)),
    outcome === undefined ? undefined : ofOutcome(outcome),
    runId === undefined ? undefined : and(isNotNull(triggerEvents.runId), eq(triggerEvents.runId, runId)),
  ];
}

function ofOutcome(outcome: NonNullable<EventFilter['outcome']>): SQL {
  return outcome === 'pending' ? isNull(triggerEvents.outcome) : eq(triggerEvents.outcome, outcome);
}

/** As columns of the row; of one that is not given none is set. */
export function outcomeColumns(outcome: EventOutcome | undefined) {
  if (outcome === undefined) return {};
  if (outcome.kind !== 'suppressed') return { outcome: outcome.kind, runId: outcome.runId };
  return { outcome: outcome.kind, rule: outcome.rule, reason: outcome.reason };
}

export function toEvent(row: Row): TriggerEvent {
  const { id, project, model, kind, key, by, facts, repeats, at, receivedAt, proposedAt, settledAt } = row;
  return {
    ...{ id, project, model, kind, key, by, facts, repeats },
    at: at.toISOString(),
    receivedAt: receivedAt.toISOString(),
    proposedAt: proposedAt?.toISOString() ?? null,
    outcome: toOutcome(row),
    settledAt: settledAt?.toISOString() ?? null,
  };
}

/** The checks of the table see to it that an outcome has what belongs to it. */
function toOutcome({ outcome, runId, rule, reason }: Row): EventOutcome | null {
  if (outcome === 'suppressed' && rule !== null && reason !== null) return { kind: outcome, rule, reason };
  if ((outcome === 'started' || outcome === 'merged') && runId !== null) return { kind: outcome, runId };
  return null;
}
