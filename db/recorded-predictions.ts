import { sql } from 'drizzle-orm';
import type { RecordedModel, RecordedPredictions } from '../domain/ports/recorded-predictions.js';
import { verificationUnit } from '../domain/predictions/verification-unit.js';
import type { Database } from './client.js';

const eventAt = sql`coalesce(p.event_at, p.at)`;

/**
 * As `ratchet_app`. A line is made by the database, so that a number keeps all its digits. A page is one stretch of the
 * index over the events of a version: the ten-thousandth costs what the first does.
 */
export function createRecordedPredictions(database: Database): RecordedPredictions {
  return {
    models: ({ project, endpoint }) =>
      database.write((session) =>
        session.execute<RecordedModel & Record<string, unknown>>(sql`
          select id, project, model, version, interface from served_models
          where endpoint = ${`${project}/${endpoint}`} order by created_at, id`),
      ),
    async page(model, { from, to }, { after, limit, leftOut }) {
      const beyond = after
        ? sql` and ${eventAt} >= ${after.eventAt}::timestamptz and (${eventAt}, p.at, p.id, p.row)
            > (${after.eventAt}::timestamptz, ${after.at}::timestamptz, ${after.id}::uuid, ${after.row}::int)`
        : sql``;
      const names = sql`${JSON.stringify(leftOut.names)}::jsonb`;
      const kept = (column: 'inputs' | 'outputs') =>
        sql`p.${sql.identifier(column)} - array(select jsonb_array_elements_text(${names}))`;
      const rows = await database.write((session) =>
        session.execute<{ line: string; event: string; at: string; id: string; row: number }>(sql`
          select p.id, p.row, ${instant(sql`p.at`)} as at, ${instant(eventAt)} as event, jsonb_build_object(
            'id', p.id, 'row', p.row, 'at', ${instant(sql`p.at`)}, 'eventAt', ${instant(eventAt)},
            'unit', p.unit, 'forFeedback', p.for_feedback,
            'inputs', ${leftOut.allInputs ? sql`null` : kept('inputs')}, 'outputs', ${kept('outputs')},
            'truths', coalesce((
              select jsonb_agg(jsonb_build_object('source', f.source, 'truth', f.truth, 'reward', f.reward,
                'at', ${instant(sql`f.event_at`)}, 'receivedAt', ${instant(sql`f.received_at`)})
                order by f.received_at, f.source)
              from feedback f
              where f.prediction_at = p.at and f.prediction_id = p.id and f.row = p.row), '[]'))::text as line
          from predictions p
          where p.served = ${model}::uuid and p.unit is distinct from ${verificationUnit}
            and ${eventAt} >= ${from}::timestamptz and ${eventAt} < ${to}::timestamptz${beyond}
          order by ${eventAt}, p.at, p.id, p.row
          limit ${limit}`),
      );
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return {
        lines: rows.map(({ line }) => line),
        next: last ? { eventAt: last.event, at: last.at, id: last.id, row: last.row } : null,
      };
    },
  };
}

/** With its milliseconds, as they are kept. */
function instant(time: ReturnType<typeof sql>) {
  return sql`to_char(${time} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
