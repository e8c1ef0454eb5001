import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import type { RunStatus } from '../domain/names.js';
import type { ReleaseRecord, ReleaseStore, StepLedger } from '../domain/ports/releases.js';
import type { Database, ReadSession, Session } from './client.js';
import { explained } from './constraints.js';
import { lockEndpoint } from './endpoint-rows.js';
import { endsSteps, isOpen, openStatuses } from './open-statuses.js';
import { releaseLogs, releaseRefusals, releaseResults, releaseSteps, releases } from './schema/releases.js';
import type { StepOwner } from './step-owner.js';
import { endOpenSteps } from './steps.js';
import { storableTextOrNull } from './storable-text.js';

/** Releases as what has steps. */
export const releaseOwner: StepOwner = {
  what: 'release',
  table: releases,
  id: releases.id,
  status: releases.status,
  ...{ steps: releaseSteps, results: releaseResults, refusals: releaseRefusals, logs: releaseLogs },
  unknown: unknownRelease,
};

type ReleaseRecords = Omit<ReleaseStore, keyof StepLedger | 'takeTurn'>;

const mostListed = 100;

/** The rows of releases themselves. */
export function createReleaseRecords(database: Database): ReleaseRecords {
  return {
    create: (wanted) => database.transaction((session) => create(session, wanted)),
    get: (id) => database.query((session) => readRelease(session, id)),
    async list({ project, projects, endpoint, status }) {
      const chosen = and(
        project === undefined ? undefined : eq(releases.project, project),
        projects === undefined ? undefined : inArray(releases.project, [...projects]),
        endpoint === undefined ? undefined : eq(releases.endpoint, endpoint),
        status === undefined ? undefined : eq(releases.status, status),
      );
      const rows = await database.query((session) =>
        session.select().from(releases).where(chosen).orderBy(desc(releases.ordinal)).limit(mostListed),
      );
      return rows.map(toRelease);
    },
    async setResolved(id, { commit, modelVersion }) {
      const work = database.write((session) =>
        session
          .update(releases)
          .set({ commit, modelVersion })
          .where(eq(releases.id, id))
          .returning({ id: releases.id }),
      );
      const rows = await explained(work, { releases_model_version: () => unknownVersion(id, modelVersion) });
      if (rows.length === 0) throw unknownRelease(id);
    },
    async setStatus(id, status, reason) {
      const end = { status, reason: storableTextOrNull(reason) };
      await database.transaction((session) => setReleaseStatus(session, id, end));
    },
    async open() {
      const rows = await database.query((session) =>
        session
          .select()
          .from(releases)
          .where(inArray(releases.status, [...openStatuses]))
          .orderBy(asc(releases.ordinal)),
      );
      return rows.map(toRelease);
    },
  };
}

async function create(
  session: Session,
  { id, project, endpoint, kind, causes }: Parameters<ReleaseStore['create']>[0],
): Promise<{ release: ReleaseRecord; created: boolean }> {
  const { model, retiredAt } = await lockEndpoint(session, { project, endpoint });
  const [known] = await session.select().from(releases).where(eq(releases.id, id));
  if (known && known.project === project && known.endpoint === endpoint) {
    return { release: toRelease(known), created: false };
  }
  if (known) throw ofAnother(id, project, endpoint);
  if (retiredAt !== null) throw retiredEndpoint(project, endpoint, retiredAt);
  const [made] = await session
    .insert(releases)
    .values({ id, project, endpoint, kind, model, causes, status: 'running' })
    .onConflictDoNothing()
    .returning();
  // Whoever was first with the id has another endpoint: of this one nobody else makes any meanwhile.
  if (!made) throw ofAnother(id, project, endpoint);
  return { release: toRelease(made), created: true };
}

export async function setReleaseStatus(
  session: Session,
  id: string,
  { status, reason }: { readonly status: RunStatus; readonly reason: string | null },
): Promise<void> {
  const rows = await session
    .update(releases)
    .set({ status, reason, endedAt: isOpen(status) ? null : sql`now()` })
    .where(and(eq(releases.id, id), inArray(releases.status, [...openStatuses])))
    .returning({ id: releases.id });
  if (rows.length === 0) await readRelease(session, id);
  else if (endsSteps(status)) await endOpenSteps(session, releaseOwner, id, { status, reason });
}

export async function readRelease(session: ReadSession, id: string): Promise<ReleaseRecord> {
  const [row] = await session.select().from(releases).where(eq(releases.id, id));
  if (row) return toRelease(row);
  throw unknownRelease(id);
}

export function unknownRelease(id: string): RatchetError {
  return new RatchetError('RELEASE_NOT_FOUND', `there is no release "${id}"`, { releaseId: id });
}

function unknownVersion(releaseId: string, version: number): RatchetError {
  const message = `the model of release "${releaseId}" has no version ${version}`;
  return new RatchetError('MODEL_NOT_FOUND', message, { releaseId, version });
}

function ofAnother(releaseId: string, project: string, endpoint: string): RatchetError {
  const message = `release "${releaseId}" is there already, and not of endpoint ${project}/${endpoint}`;
  return new RatchetError('CONFLICT', message, { releaseId });
}

export function retiredEndpoint(project: string, endpoint: string, retiredAt: string): RatchetError {
  const message = `endpoint ${project}/${endpoint} is retired since ${retiredAt}: Git does not declare it any more`;
  return new RatchetError('CONFLICT', message, { project, endpoint, retiredAt });
}

function toRelease(row: typeof releases.$inferSelect): ReleaseRecord {
  const { ordinal: _, inTurn: __, ...release } = row;
  return {
    ...release,
    createdAt: row.createdAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}
