import { and, asc, eq, gte, lt, sql } from 'drizzle-orm';
import type { ServedMinutes, ServedPoint } from '../domain/ports/served-minutes.js';
import { mergeCounts } from '../domain/serving/served-spans.js';
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
      return together(rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() })));
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

/** Servers of one minute as one point; they lie one after the other. */
function together(rows: readonly ServedPoint[]): readonly ServedPoint[] {
  const groups: [ServedPoint, ...ServedPoint[]][] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    const [like] = last ?? [];
    const isSame = like?.at === row.at && like.model === row.model && like.version === row.version;
    if (isSame && last !== undefined) last.push(row);
    else groups.push([row]);
  }
  return groups.map((group) => ({ ...group[0], ...mergeCounts(group) }));
}
