import { and, desc, eq, gte, lt, sql } from 'drizzle-orm';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import type { EndpointName } from '../domain/ports/deployment-target.js';
import type { JudgedWindow, WatchRecord, WatchStore } from '../domain/ports/watches.js';
import { actingAs } from './acting.js';
import type { Database, Session } from './client.js';
import { explained } from './constraints.js';
import { unknownEndpoint } from './endpoint-rows.js';
import { createIncidents, putIncident } from './incidents.js';
import { toWindow } from './judged-windows.js';
import { createReferences } from './references.js';
import { judgedWindows, watches } from './schema/watches.js';
import { createSilences } from './silences.js';
import { readStandings } from './watch-standings.js';

export function createWatchStore(database: Database): WatchStore {
  return {
    declare: (project, commit, declared, actor) =>
      actingAs(actor, () =>
        database.transaction(async (session) => {
          for (const watch of declared) await declare(session, { project, commit, ...watch });
        }),
      ),
    async get(name) {
      const [row] = await database.query((session) =>
        session.select().from(watches).where(ofEndpoint(watches, name)),
      );
      return row && { ...row, updatedAt: row.updatedAt.toISOString() };
    },
    async newest(name, line) {
      const [newest] = await windowsOf(database, name, line, { limit: 1 });
      return newest;
    },
    standings: () => readStandings(database),
    windows: (name, line, asked) => windowsOf(database, name, line, asked),
    keep: (window, incidents) =>
      database.transaction(async (session) => {
        if (!(await putWindow(session, window))) return false;
        for (const incident of incidents) await putIncident(session, incident);
        return true;
      }),
    ...createReferences(database),
    ...createIncidents(database),
    ...createSilences(database),
  };
}

async function declare(
  session: Session,
  { project, endpoint, commit, config }: Omit<WatchRecord, 'updatedAt'>,
): Promise<void> {
  const put = session
    .insert(watches)
    .values({ project, endpoint, commit, config })
    .onConflictDoUpdate({
      target: [watches.project, watches.endpoint],
      set: { commit, config, updatedAt: sql`clock_timestamp()` },
      setWhere: sql`watches.config is distinct from excluded.config`,
    });
  await explained(put, { watches_endpoint: () => unknownEndpoint({ project, endpoint }) });
}

async function windowsOf(
  database: Database,
  name: EndpointName,
  line: JudgedWindow['line'],
  { limit, modelVersion, before, since }: Parameters<WatchStore['windows']>[2],
): Promise<readonly JudgedWindow[]> {
  const rows = await database.query((session) =>
    session
      .select()
      .from(judgedWindows)
      .where(
        and(
          ofEndpoint(judgedWindows, name),
          eq(judgedWindows.line, line),
          modelVersion === undefined ? undefined : eq(judgedWindows.modelVersion, modelVersion),
          before === undefined ? undefined : lt(judgedWindows.from, new Date(before)),
          since === undefined ? undefined : gte(judgedWindows.from, new Date(since)),
        ),
      )
      .orderBy(desc(judgedWindows.from))
      .limit(limit),
  );
  return rows.map(toWindow);
}

async function putWindow(
  session: Session,
  { from, to, judgedAt, ...window }: JudgedWindow,
): Promise<boolean> {
  const put = session
    .insert(judgedWindows)
    .values({ ...window, from: new Date(from), to: new Date(to), judgedAt: new Date(judgedAt) })
    .onConflictDoNothing({
      target: [judgedWindows.project, judgedWindows.endpoint, judgedWindows.line, judgedWindows.from],
    })
    .returning({ from: judgedWindows.from });
  const rows = await explained(put, { judged_windows_watch: () => unwatched(window) });
  return rows.length > 0;
}

function unwatched({ project, endpoint }: EndpointName): RatchetError {
  return new RatchetError('NOT_FOUND', `endpoint "${endpoint}" of project "${project}" is not watched`, {
    project,
    endpoint,
  });
}

function ofEndpoint(table: typeof watches | typeof judgedWindows, { project, endpoint }: EndpointName) {
  return and(eq(table.project, project), eq(table.endpoint, endpoint));
}
