import { and, desc, eq, gt, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import type { EndpointName } from '../domain/ports/deployment-target.js';
import type { EndpointStore, RevisionRecord, ServedTime } from '../domain/ports/endpoints.js';
import { actingAs } from './acting.js';
import type { Database, ReadSession, Session } from './client.js';
import { lockEndpoint } from './endpoint-rows.js';
import { onlyRow } from './only-row.js';
import { readRelease } from './release-records.js';
import { revisions } from './schema/revisions.js';

type Revisions = Pick<EndpointStore, 'recordLive' | 'recordEnded' | 'revisions' | 'liveAt' | 'servedTime'>;

const mostListed = 100;

/** What answered when. */
export function createRevisions(database: Database): Revisions {
  const read = async (limit: number, ...conditions: SQL[]) => {
    const rows = await database.query((session) => newest(session, limit, conditions));
    return rows.map(toRevision);
  };
  return {
    recordLive: (revision, actor) =>
      actingAs(actor, () => database.transaction((session) => recordLive(session, revision))),
    recordEnded: (name, until, actor) =>
      actingAs(actor, () =>
        database.transaction(async (session) => {
          await lockEndpoint(session, name);
          await end(session, name, new Date(until));
        }),
      ),
    revisions: (name) => read(mostListed, ...ofEndpoint(name)),
    async liveAt(name, at) {
      const moment = new Date(at);
      const during = [lte(revisions.from, moment), or(isNull(revisions.until), gt(revisions.until, moment))];
      const [found] = await read(1, ...ofEndpoint(name), ...during.filter((one) => one !== undefined));
      return found;
    },
    servedTime: (name, span) => database.query((session) => readServedTime(session, name, span)),
  };
}

async function readServedTime(
  session: ReadSession,
  name: EndpointName,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<ServedTime> {
  const began = sql`greatest(${revisions.from}, ${from}::timestamptz)`;
  const ended = sql`least(coalesce(${revisions.until}, now()), ${to}::timestamptz)`;
  const ms = sql`extract(epoch from ${ended} - ${began}) * 1000 * (${revisions.wanted} ->> 'replicas')::int`;
  const rows = await session
    .select({
      revisions: sql<number>`count(*)::int`,
      replicaMs: sql<number>`coalesce(sum(${ms}), 0)::double precision`,
    })
    .from(revisions)
    .where(and(...ofEndpoint(name), sql`${began} < ${ended}`));
  return onlyRow(rows);
}

/** One that answers begins no earlier than the one before did: clocks of two machines may differ. */
async function recordLive(
  session: Session,
  { from, ...revision }: Parameters<EndpointStore['recordLive']>[0],
): Promise<RevisionRecord> {
  await lockEndpoint(session, revision);
  const known = await newest(session, 1, [
    ...ofEndpoint(revision),
    eq(revisions.revision, revision.revision),
  ]);
  if (known[0]) return toRevision(known[0]);
  const { model } = await readRelease(session, revision.releaseId);
  const [before] = await newest(session, 1, ofEndpoint(revision));
  const earliest = (before?.until ?? before?.from)?.getTime() ?? 0;
  const began = new Date(Math.max(Date.parse(from), earliest));
  await end(session, revision, began);
  const rows = await session
    .insert(revisions)
    .values({ ...revision, model, from: began })
    .returning();
  return toRevision(onlyRow(rows));
}

async function end(session: Session, name: EndpointName, until: Date): Promise<void> {
  const [live] = await newest(session, 1, [...ofEndpoint(name), isNull(revisions.until)]);
  if (live === undefined) return;
  const ended = new Date(Math.max(until.getTime(), live.from.getTime()));
  await session
    .update(revisions)
    .set({ until: ended })
    .where(and(...ofEndpoint(name), isNull(revisions.until)));
}

function newest(session: ReadSession, limit: number, conditions: readonly SQL[]) {
  return session
    .select()
    .from(revisions)
    .where(and(...conditions))
    .orderBy(desc(revisions.ordinal))
    .limit(limit);
}

function ofEndpoint({ project, endpoint }: EndpointName): SQL[] {
  return [eq(revisions.project, project), eq(revisions.endpoint, endpoint)];
}

function toRevision({ model: _, ...row }: typeof revisions.$inferSelect): RevisionRecord {
  return { ...row, from: row.from.toISOString(), until: row.until?.toISOString() ?? null };
}
