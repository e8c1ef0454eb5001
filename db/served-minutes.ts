import { and, asc, eq, gte, lt, sql } from 'drizzle-orm';
import type { ServedMinutes } from '../domain/ports/served-minutes.js';
import { mergeBy } from '../domain/serving/served-spans.js';
import type { Database } from './client.js';
import { servedHours, servedMinutes } from './schema/served-minutes.js';

/** As `ratchet_app`, which forgets through a function of the owner. Servers write minutes as `ratchet_serving`, and the database adds them up by the hour. */
export function createServedMinutes(database: Database): ServedMinutes {
  return {
    async points({ project, endpoint }, step, { from, to }) {
      const table = step === 'minute' ? servedMinutes : servedHours;
      const isWithin = and(
        eq(table.endpoint, `${project}/${endpoint}`),
        gte(table.at, new Date(from)),
        lt(table.at, new Date(to)),
      );
      const rows = await database.write((session) =>
        session
          .select({
            at: table.at,
            model: table.model,
            version: table.version,
            answered: table.answered,
            rows: table.rows,
            refused: table.refused,
            failed: table.failed,
            sumMs: table.sumMs,
            counts: table.counts,
            custom: table.custom,
          })
          .from(table)
          .where(isWithin)
          .orderBy(asc(table.at), asc(table.model), asc(table.version)),
      );
      const points = rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }));
      return mergeBy(points, ({ at, model, version }) => [at, model, version]);
    },
    async forget({ keepMinutesDays, keepHoursDays }) {
      const rows = await database.write((session) =>
        session.execute<{ count: number }>(
          sql`select forget_served_counts(${keepMinutesDays}, ${keepHoursDays}) as count`,
        ),
      );
      return rows[0]?.count ?? 0;
    },
  };
}
