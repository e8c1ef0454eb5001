import { sql } from 'drizzle-orm';
import type { OpenPlace } from './place.js';

export interface AutomaticRun {
  readonly id: string;
  /** When it started by the clock of the lines, ISO-8601. */
  readonly clockAt: string;
  readonly endedAt: string | null;
}

/** Runs of a project that no person asked for, the oldest first by that clock. */
export async function automaticRuns(
  { database }: Pick<OpenPlace, 'database'>,
  project: string,
): Promise<readonly AutomaticRun[]> {
  const rows = await database.write((session) =>
    session.execute<{ id: string; clock: string; ended: string | null }>(sql`
      select id, clock_at::text as clock, ended_at::text as ended from runs
      where project = ${project} and automatic order by clock_at, id`),
  );
  return rows.map(({ id, clock, ended }) => ({
    id,
    clockAt: new Date(clock).toISOString(),
    endedAt: ended,
  }));
}
