import { and, asc, eq, isNull, notInArray, sql } from 'drizzle-orm';
import type { EndpointRecord, EndpointStore } from '../domain/ports/endpoints.js';
import { actingAs } from './acting.js';
import type { Database, Session } from './client.js';
import { named, readEndpoint, toEndpoint, unknownEndpoint } from './endpoint-rows.js';
import { lockProject } from './project-lock.js';
import { createRevisions } from './revisions.js';
import { endpoints } from './schema/endpoints.js';
import { createWantedRevisions } from './wanted-revisions.js';

export function createEndpointStore(database: Database): EndpointStore {
  const list = async (...conditions: Parameters<typeof and>) => {
    const rows = await database.query((session) =>
      session
        .select()
        .from(endpoints)
        .where(and(...conditions))
        .orderBy(asc(endpoints.project), asc(endpoints.endpoint)),
    );
    return rows.map(toEndpoint);
  };
  return {
    declare: (project, commit, declared, actor) =>
      actingAs(actor, () => database.transaction((session) => declare(session, project, commit, declared))),
    get: (name) => database.query((session) => readEndpoint(session, name)),
    list: (project) => list(project === undefined ? undefined : eq(endpoints.project, project)),
    following: (project, model) =>
      list(eq(endpoints.project, project), eq(endpoints.model, model), isNull(endpoints.retiredAt)),
    async scale(name, replicas, actor) {
      const set = { scaledTo: replicas, updatedAt: sql`clock_timestamp()` };
      const [row] = await actingAs(actor, () =>
        database.write((session) => session.update(endpoints).set(set).where(named(name)).returning()),
      );
      if (row) return toEndpoint(row);
      throw unknownEndpoint(name);
    },
    ...createWantedRevisions(database),
    ...createRevisions(database),
  };
}

type Declared = Parameters<EndpointStore['declare']>[2];

/** What stands as it is declared is not written again: only what changes has a row in the audit. */
async function declare(
  session: Session,
  project: string,
  commit: string,
  declared: Declared,
): Promise<readonly EndpointRecord[]> {
  await lockProject(session, project);
  const changed: EndpointRecord[] = [];
  for (const { endpoint, model, config } of declared) {
    const [row] = await session
      .insert(endpoints)
      .values({ project, endpoint, model, config, commit })
      .onConflictDoUpdate({
        target: [endpoints.project, endpoints.endpoint],
        set: {
          ...{ model, config, commit, retiredAt: null, updatedAt: sql`clock_timestamp()` },
          // What Git says of replicas counts from when it changes on.
          scaledTo: sql`case when endpoints.retired_at is null
            and endpoints.config -> 'replicas' = excluded.config -> 'replicas' then endpoints.scaled_to end`,
        },
        setWhere: sql`(endpoints.model, endpoints.config) is distinct from (excluded.model, excluded.config)
          or endpoints.retired_at is not null`,
      })
      .returning();
    if (row) changed.push(toEndpoint(row));
  }
  await retireOthers(session, project, declared);
  return changed;
}

async function retireOthers(session: Session, project: string, declared: Declared): Promise<void> {
  const names = declared.map(({ endpoint }) => endpoint);
  const gone = and(
    ...[eq(endpoints.project, project), isNull(endpoints.retiredAt), notInArray(endpoints.endpoint, names)],
  );
  await session
    .update(endpoints)
    .set({ retiredAt: sql`clock_timestamp()`, updatedAt: sql`clock_timestamp()` })
    .where(gone);
}
