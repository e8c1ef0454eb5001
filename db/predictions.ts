import { sql } from 'drizzle-orm';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import type {
  FeedbackCounts,
  FeedbackRow,
  PredictionRow,
  PredictionSink,
  ServedModel,
} from '../domain/ports/predictions.js';
import type { ServedMinute } from '../domain/ports/served-minutes.js';
import { timeOfPredictionId } from '../domain/predictions/prediction-id.js';
import type { Database, Session } from './client.js';
import { servedModels } from './schema/predictions.js';
import { storableJson } from './storable-json.js';

/** As `ratchet_serving`, which may add and not read: no statement here names what it conflicts with. */
export function createPredictionSink(database: Database): PredictionSink {
  return {
    store: (models, rows) => told(database.transaction((session) => store(session, models, rows))),
    storeFeedback: (rows) => told(database.transaction((session) => storeFeedback(session, rows))),
    storeMinutes: (minutes) => told(storeMinutes(database, minutes)),
    close: () => database.close(),
  };
}

/** Classes of states for values that are none, rows that may not be, and what is beyond a limit of the server. */
const refusals = /^(22|23|54)/;

/** The text of a refusal may repeat values of the row, which is not for logs. */
async function told<T>(stored: Promise<T>): Promise<T> {
  try {
    return await stored;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!refusals.test(code)) throw error;
    throw new RatchetError('REQUEST_INVALID', `the database refuses what was recorded (${code})`, {
      state: code,
    });
  }
}

async function store(
  session: Session,
  models: readonly ServedModel[],
  rows: readonly PredictionRow[],
): Promise<number> {
  if (models.length > 0)
    await session
      .insert(servedModels)
      .values([...models])
      .onConflictDoNothing();
  const { count } = await session.execute(sql`
    insert into predictions (at, id, row, served, event_at, unit, request_id, for_feedback, inputs, outputs)
    select at, id, row, served, event_at, unit, request_id, for_feedback, inputs, outputs
    from jsonb_to_recordset(${jsonOf(rows)}::jsonb) as rows (
      at timestamptz, id uuid, row integer, served uuid, event_at timestamptz, unit text, request_id text,
      for_feedback boolean, inputs jsonb, outputs jsonb)
    on conflict do nothing`);
  return count;
}

/** Values of rows are JSON already, and their ids and times need no escapes. There may be many rows: each is one text. */
function jsonOf(rows: readonly PredictionRow[]): string {
  const texts = rows.map(
    ({ at, id, row, served, eventAt, unit, requestId, forFeedback, inputs, outputs }) => {
      const event = eventAt === null ? '' : `"event_at":"${eventAt}",`;
      const asked = `${event}"unit":${unit === null ? 'null' : storableJson(unit)},"request_id":${requestId === null ? 'null' : storableJson(requestId)}`;
      const values = `"for_feedback":${forFeedback},"inputs":${inputs},"outputs":${outputs}`;
      return `{"at":"${at}","id":"${id}","row":${row},"served":"${served}",${asked},${values}}`;
    },
  );
  return `[${texts.join(',')}]`;
}

/** Sorted: two servers that add to the same hours do it in one order. */
async function storeMinutes(database: Database, minutes: readonly ServedMinute[]): Promise<void> {
  await database.write((session) =>
    session.execute(sql`
      insert into served_minutes
        (endpoint, at, model, version, server, answered, rows, refused, failed, sum_ms, counts, custom)
      select endpoint, at, model, version, server, answered, rows, refused, failed, "sumMs", counts, custom
      from jsonb_to_recordset(${storableJson(minutes)}::jsonb) as told (
        endpoint text, at timestamptz, model text, version text, server uuid, answered bigint, rows bigint,
        refused bigint, failed bigint, "sumMs" float8, counts float8[], custom jsonb)
      order by endpoint, at, model, version
      on conflict do nothing`),
  );
}

/** What no prediction can be of goes aside like what is of none that is there. */
async function storeFeedback(session: Session, rows: readonly FeedbackRow[]): Promise<FeedbackCounts> {
  const told = rows.map(({ truth, ...row }) => ({
    ...row,
    truth: truth === null ? null : (JSON.parse(truth) as unknown),
    predictionAt: timeOfPredictionId(row.predictionId),
  }));
  const values = sql`
    jsonb_to_recordset(${storableJson(told)}::jsonb) as told (
      "predictionId" text, row integer, source text, truth jsonb, reward double precision,
      "eventAt" timestamptz, "receivedAt" timestamptz, "predictionAt" timestamptz)`;
  const isThere = sql`exists (
    select from predictions p where p.at = "predictionAt" and p.row = told.row
      and p.id = case when "predictionAt" is not null then "predictionId"::uuid end)`;
  const known = await session.execute<{ known: boolean }>(sql`select ${isThere} as known from ${values}`);
  const stored = await session.execute(sql`
    insert into feedback (prediction_at, prediction_id, row, source, truth, reward, event_at, received_at)
    select "predictionAt", "predictionId"::uuid, row, source, truth, reward, "eventAt", "receivedAt"
    from ${values} where ${isThere} on conflict do nothing`);
  const aside = await session.execute(sql`
    insert into feedback_aside (prediction_id, row, source, truth, reward, event_at, received_at)
    select "predictionId", row, source, truth, reward, "eventAt", "receivedAt"
    from ${values} where not ${isThere} on conflict do nothing`);
  const unknown = known.filter((row) => !row.known).length;
  const duplicate = rows.length - stored.count - aside.count;
  return { stored: stored.count, duplicate, unknown };
}
