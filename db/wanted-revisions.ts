import { and, asc, desc, eq, isNull } from 'drizzle-orm';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import type { EndpointName, WantedRevision } from '../domain/ports/deployment-target.js';
import type { EndpointStore } from '../domain/ports/endpoints.js';
import type { Database, ReadSession, Session } from './client.js';
import { explained } from './constraints.js';
import { lockEndpoint } from './endpoint-rows.js';
import { unknownRelease } from './release-records.js';
import { endpoints } from './schema/endpoints.js';
import { wantedRevisions } from './schema/revisions.js';

type Wanted = Pick<EndpointStore, 'want' | 'wanted' | 'allWanted' | 'nextOrdinal'>;

/** What is wanted of endpoints. Rows are only added: the newest counts. */
export function createWantedRevisions(database: Database): Wanted {
  const read = (name: EndpointName) => database.query((session) => newest(session, name));
  return {
    async want(wanted, releaseId) {
      const work = database.transaction((session) => want(session, wanted, releaseId));
      await explained(work, { wanted_revisions_release: () => unknownRelease(releaseId) });
    },
    wanted: read,
    async allWanted() {
      const { project, endpoint, ordinal, wanted } = wantedRevisions;
      const isSame = and(eq(endpoints.project, project), eq(endpoints.endpoint, endpoint));
      const rows = await database.query((session) =>
        session
          .selectDistinctOn([project, endpoint], { wanted })
          .from(wantedRevisions)
          .innerJoin(endpoints, isSame)
          .where(isNull(endpoints.retiredAt))
          .orderBy(asc(project), asc(endpoint), desc(ordinal)),
      );
      return rows.map((row) => row.wanted);
    },
    nextOrdinal: async (name) => ((await read(name))?.ordinal ?? 0) + 1,
  };
}

async function want(session: Session, wanted: WantedRevision, releaseId: string): Promise<void> {
  const { project, endpoint, ordinal, revision } = wanted;
  await lockEndpoint(session, wanted);
  const known = await newest(session, wanted);
  if (known?.revision === revision) return;
  if (known && known.ordinal >= ordinal) throw newerIsWanted(wanted, known);
  await session.insert(wantedRevisions).values({ project, endpoint, ordinal, revision, releaseId, wanted });
}

async function newest(
  session: ReadSession,
  { project, endpoint }: EndpointName,
): Promise<WantedRevision | undefined> {
  const [row] = await session
    .select({ wanted: wantedRevisions.wanted })
    .from(wantedRevisions)
    .where(and(eq(wantedRevisions.project, project), eq(wantedRevisions.endpoint, endpoint)))
    .orderBy(desc(wantedRevisions.ordinal))
    .limit(1);
  return row?.wanted;
}

function newerIsWanted({ project, endpoint, ordinal }: WantedRevision, known: WantedRevision): RatchetError {
  const message = `revision ${ordinal} of endpoint "${endpoint}" is not wanted any more: revision ${known.ordinal} is`;
  return new RatchetError('CONFLICT', message, { project, endpoint, ordinal, wanted: known.ordinal });
}
