import { and, asc, desc, eq, inArray, notExists, type SQL, sql } from 'drizzle-orm';
import type { RunFilter, RunPage, RunRecord } from '../domain/ports/runs.js';
import type { Database, ReadSession } from './client.js';
import { type PageCursor, readCursor, writeCursor } from './page-cursor.js';
import { pageLimit } from './page-limit.js';
import { currentSteps, scoresOf } from './run-list-details.js';
import { toRun } from './run-records.js';
import { hasShownStatus, shownStatus } from './run-waiting.js';
import { runScores, runs } from './schema/runs.js';

type SortBy = NonNullable<RunFilter['sortBy']>;

/** A run and where it stands in the order. */
interface Listed {
  readonly run: RunRecord;
  readonly cursor: PageCursor;
}

/** One page, by key and not by offset: the hundredth costs what the first does. */
export async function listRuns(database: Database, filter: RunFilter): Promise<RunPage> {
  const limit = pageLimit(filter.limit, 'runs');
  const order = filter.sortBy ? `${filter.sortBy.metric} ${filter.sortBy.direction}` : 'newest';
  const after = filter.after === undefined ? undefined : readCursor(filter.after, order);
  return database.query(async (session) => {
    const listed = await readListed(session, filter, order, limit + 1, after);
    const shown = listed.slice(0, limit);
    const last = listed.length > limit ? shown.at(-1) : undefined;
    const ids = shown.map(({ run }) => run.id);
    const [steps, scores] = await Promise.all([currentSteps(session, ids), scoresOf(session, ids)]);
    return {
      runs: shown.map(({ run }) => ({
        ...run,
        step: steps.get(run.id) ?? null,
        metrics: scores.get(run.id) ?? {},
      })),
      next: last ? writeCursor(last.cursor) : null,
    };
  });
}

/** Runs with the metric, best first; then, as nothing may be hidden, those without it, newest first. */
async function readListed(
  session: ReadSession,
  filter: RunFilter,
  order: string,
  wanted: number,
  after: PageCursor | undefined,
): Promise<readonly Listed[]> {
  const { sortBy } = filter;
  if (!sortBy) return newest(session, matching(filter), order, wanted, after);
  const scored = after?.part === 'newest' ? [] : await best(session, filter, sortBy, order, wanted, after);
  if (scored.length === wanted) return scored;
  const conditions = [...matching(filter), withoutScore(session, sortBy.metric)];
  const afterUnscored = after?.part === 'newest' ? after : undefined;
  return [...scored, ...(await newest(session, conditions, order, wanted - scored.length, afterUnscored))];
}

async function newest(
  session: ReadSession,
  conditions: readonly SQL[],
  order: string,
  wanted: number,
  after: PageCursor | undefined,
): Promise<readonly Listed[]> {
  const older = after && sql`(${runs.createdAt}, ${runs.id}) < (${after.at}::timestamptz, ${after.id})`;
  const rows = await session
    .select({ run: runs, shown: shownStatus })
    .from(runs)
    .where(and(...conditions, older))
    .orderBy(desc(runs.createdAt), desc(runs.id))
    .limit(wanted);
  return rows.map(({ run: row, shown }) => {
    const run = toRun({ ...row, status: shown });
    return { run, cursor: { order, part: 'newest', at: run.createdAt, id: run.id } };
  });
}

async function best(
  session: ReadSession,
  filter: RunFilter,
  { metric, direction }: SortBy,
  order: string,
  wanted: number,
  after: PageCursor | undefined,
): Promise<readonly Listed[]> {
  const [by, before] = direction === 'higher' ? [desc, sql`<`] : [asc, sql`>`];
  const rows = await session
    .select({ run: runs, shown: shownStatus, value: runScores.value })
    .from(runScores)
    .innerJoin(runs, eq(runs.id, runScores.runId))
    .where(
      and(
        eq(runScores.metric, metric),
        filter.project === undefined ? undefined : eq(runScores.project, filter.project),
        filter.projects === undefined ? undefined : inArray(runScores.project, [...filter.projects]),
        filter.model === undefined ? undefined : eq(runScores.model, filter.model),
        filter.status === undefined ? undefined : hasShownStatus(filter.status),
        after &&
          sql`(${runScores.value}, ${runScores.runId}) ${before} (${after.at}::double precision, ${after.id})`,
      ),
    )
    .orderBy(by(runScores.value), by(runScores.runId))
    .limit(wanted);
  return rows.map(({ run, shown, value }) => ({
    run: toRun({ ...run, status: shown }),
    cursor: { order, part: 'scored', at: value, id: run.id },
  }));
}

function matching({ project, projects, model, status }: RunFilter): SQL[] {
  const asked = status === undefined ? undefined : hasShownStatus(status);
  return [
    ...(project === undefined ? [] : [eq(runs.project, project)]),
    ...(projects === undefined ? [] : [inArray(runs.project, [...projects])]),
    ...(model === undefined ? [] : [eq(runs.model, model)]),
    ...(asked === undefined ? [] : [asked]),
  ];
}

function withoutScore(session: ReadSession, metric: string): SQL {
  const score = session
    .select({ one: sql`1` })
    .from(runScores)
    .where(and(eq(runScores.runId, runs.id), eq(runScores.metric, metric)));
  return notExists(score);
}
