import { sql } from 'drizzle-orm';
import type { PredictionDays } from '../domain/ports/predictions.js';
import type { Database } from './client.js';

/** Rows that are brought together in one statement. */
const mostAtOnce = 10_000;

/** As `ratchet_app`, which makes and drops days through functions of the owner and in no other way. */
export function createPredictionDays(database: Database): PredictionDays {
  const call = async (name: string, given: number): Promise<number> => {
    const rows = await database.write((session) =>
      session.execute<{ count: number }>(sql`select ${sql.identifier(name)}(${given}) as count`),
    );
    return rows[0]?.count ?? 0;
  };
  return {
    make: (daysAhead) => call('make_prediction_days', daysAhead),
    drop: (keepDays) => call('drop_prediction_days', keepDays),
    forget: (most) => call('forget_predictions', most),
    async matchFeedback() {
      const { count } = await database.write((session) =>
        session.execute(sql`
          with timed as materialized (
            select prediction_id, row, source, prediction_id::uuid as id,
              to_timestamp(('x' || substr(replace(prediction_id, '-', ''), 1, 12))::bit(48)::bigint / 1000.0)::timestamptz(3) as at
            from feedback_aside
            where prediction_id ~ '^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$'
          ), found as (
            select t.prediction_id, t.source, p.at, p.id, p.row
            from timed t join predictions p on p.at = t.at and p.id = t.id and p.row = t.row
            limit ${mostAtOnce}
          ), taken as (
            delete from feedback_aside a using found f
            where a.prediction_id = f.prediction_id and a.row = f.row and a.source = f.source
            returning f.at, f.id, a.row, a.source, a.truth, a.reward, a.event_at, a.received_at
          )
          insert into feedback (prediction_at, prediction_id, row, source, truth, reward, event_at, received_at)
          select * from taken on conflict do nothing`),
      );
      return count;
    },
  };
}
