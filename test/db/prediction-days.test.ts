import postgres, { type Sql } from 'postgres';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '../../db/client.js';
import { createPredictionDays } from '../../db/prediction-days.js';
import { createPredictionSink } from '../../db/predictions.js';
import type {
  FeedbackRow,
  PredictionRow,
  PredictionSink,
  ServedModel,
} from '../../domain/ports/predictions.js';
import { timeOfPredictionId } from '../../domain/predictions/prediction-id.js';
import { served } from '../recording/answered-rows.js';
import { type FreshDatabase, freshDatabase } from '../setup/stack.js';

const dayMs = 24 * 60 * 60 * 1000;
const todayMs = Math.floor(Date.now() / dayMs) * dayMs;

let fresh: FreshDatabase;
let admin: Sql;
let sink: PredictionSink;
const app = () => connect(fresh.appUrl, { poolSize: 2, application: 'test' });
let closeApp: () => Promise<void>;
let days: ReturnType<typeof createPredictionDays>;
beforeEach(async () => {
  fresh = await freshDatabase();
  admin = postgres(fresh.adminUrl, { max: 1, onnotice: () => undefined });
  sink = createPredictionSink(connect(fresh.servingUrl, { poolSize: 1, application: 'test' }));
  const database = app();
  closeApp = () => database.close();
  days = createPredictionDays(database);
});
afterEach(async () => {
  await sink.close();
  await closeApp();
  await admin.end();
  await fresh.drop();
});

let made = 0;
/** An id of this time. */
function idAt(ms: number): string {
  made += 1;
  const hex = ms.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${String(made).padStart(12, '0')}`;
}

function rowAt(ms: number, row = 0): PredictionRow {
  const id = idAt(ms);
  const at = timeOfPredictionId(id) ?? '';
  return {
    id,
    row,
    at,
    served: served.id,
    eventAt: null,
    unit: null,
    requestId: null,
    forFeedback: false,
    inputs: '{"x":1}',
    outputs: '{"y":2}',
  };
}

function truthOf(predictionId: string, changes: Partial<FeedbackRow> = {}): FeedbackRow {
  return {
    ...{ predictionId, row: 0, source: 'airline', truth: '{"late":true}', reward: null, eventAt: null },
    receivedAt: new Date().toISOString(),
    ...changes,
  };
}

/** Rows by the partition they lie in. */
async function places(table: 'predictions' | 'feedback'): Promise<Record<string, number>> {
  const rows = await admin<{ part: string; rows: number }[]>`
    select tableoid::regclass::text as part, count(*)::int as rows from ${admin(table)} group by 1 order by 1`;
  return Object.fromEntries(rows.map(({ part, rows: count }) => [part, count]));
}
const partOf = (table: string, ms: number) =>
  `${table}_${new Date(ms).toISOString().slice(0, 10).replaceAll('-', '')}`;

describe('days of predictions', () => {
  it('are made for today and ahead, once, and new rows lie in them', async () => {
    expect(await days.make(2)).toBe(6);
    expect(await days.make(2)).toBe(0);
    await sink.store([served], [rowAt(todayMs), rowAt(todayMs + dayMs - 1), rowAt(todayMs + dayMs)]);
    expect(await places('predictions')).toEqual({
      [partOf('predictions', todayMs)]: 2,
      [partOf('predictions', todayMs + dayMs)]: 1,
    });
  });

  it('take along the rows that came before there was a place for them, with their feedback', async () => {
    const [old, now, future] = [rowAt(todayMs - 3 * dayMs), rowAt(todayMs), rowAt(todayMs + 400 * dayMs)];
    expect(await sink.store([served], [old, now, future])).toBe(3);
    await sink.storeFeedback([truthOf(old.id)]);
    expect(await places('predictions')).toEqual({ predictions_other: 3 });
    await days.make(0);
    expect(await places('predictions')).toEqual({
      [partOf('predictions', todayMs - 3 * dayMs)]: 1,
      [partOf('predictions', todayMs)]: 1,
      predictions_other: 1,
    });
    expect(await places('feedback')).toEqual({ [partOf('feedback', todayMs - 3 * dayMs)]: 1 });
    expect(await sink.store([served], [old, now, future])).toBe(0);
    await expect(admin`insert into predictions select * from predictions`).rejects.toMatchObject({
      code: '23505',
    });
  });

  it('are dropped when they are kept no longer, and with them what waited as long', async () => {
    const [gone, last] = [rowAt(todayMs - 31 * dayMs), rowAt(todayMs - 30 * dayMs)];
    await sink.store([served], [gone, last]);
    await sink.storeFeedback([truthOf(gone.id), truthOf(last.id)]);
    const long = new Date(todayMs - 40 * dayMs).toISOString();
    await sink.storeFeedback([truthOf('nobody', { receivedAt: long }), truthOf('somebody')]);
    await days.make(0);
    expect(await days.drop(30)).toBe(2);
    expect(await places('predictions')).toEqual({ [partOf('predictions', todayMs - 30 * dayMs)]: 1 });
    expect(await places('feedback')).toEqual({ [partOf('feedback', todayMs - 30 * dayMs)]: 1 });
    const aside = await admin`select prediction_id from feedback_aside`;
    expect(aside.map((row) => row['prediction_id'])).toEqual(['somebody']);
    await sink.store([served], [gone]);
    expect(await days.drop(30)).toBe(0);
    expect(await places('predictions')).not.toHaveProperty('predictions_other');
    await expect(days.drop(0)).rejects.toMatchObject({ code: '23514' });
  });

  it('are made while rows come, and none is lost or refused', async () => {
    const rows = Array.from({ length: 40 }, (_, n) => rowAt(todayMs - (n % 8) * dayMs));
    const storing = rows.map((row) => sink.store([served], [row]));
    await Promise.all([...storing, days.make(3), days.make(3)]);
    await days.make(3);
    const counts = await places('predictions');
    expect(Object.keys(counts)).toHaveLength(8);
    expect(Object.values(counts)).toEqual(Array(8).fill(5));
  });
});

describe('predictions of an endpoint that keeps them for a shorter time', () => {
  const live: ServedModel = {
    ...served,
    id: '00000000-0000-5000-8000-000000000001',
    project: 'trips',
    endpoint: 'live',
  };
  const other: ServedModel = { ...live, id: '00000000-0000-5000-8000-000000000002', endpoint: 'other' };
  const keep = async (endpoint: string, record: object) => {
    await admin`alter table watches drop constraint if exists watches_endpoint`;
    await admin`insert into watches (project, endpoint, config, commit)
      values ('trips', ${endpoint}, ${admin.json({ record } as never)}, ${'a'.repeat(40)})`;
  };

  it('are forgotten, with their feedback and a part at a time, and no others are', async () => {
    const day = (ago: number, served: string) => ({ ...rowAt(Date.now() - ago * dayMs), served });
    const [old, older, young] = [day(11, live.id), day(20, live.id), day(9, live.id)];
    const others = day(20, other.id);
    await sink.store([live, other, served], [old, older, young, others, rowAt(Date.now() - 20 * dayMs)]);
    await sink.storeFeedback([old, older, young, others].map(({ id }) => truthOf(id)));
    await days.make(0);
    await keep('live', { keepDays: 10 });
    await keep('other', { sample: 1 });
    expect([await days.forget(1), await days.forget(10), await days.forget(10)]).toEqual([1, 1, 0]);
    const left = await admin`select id::text as id from predictions`;
    expect(left.map(({ id }) => id)).toHaveLength(3);
    expect(left.map(({ id }) => id)).toEqual(expect.arrayContaining([young.id, others.id]));
    const told = await admin`select prediction_id::text as id from feedback`;
    expect(told.map(({ id }) => id).toSorted()).toEqual([young.id, others.id].toSorted());
  });
});

describe('feedback', () => {
  it('is stored once for each row and source, and what has no prediction is kept aside', async () => {
    const prediction = rowAt(todayMs);
    await sink.store([served], [prediction, { ...prediction, row: 1 }]);
    const told = [
      truthOf(prediction.id),
      truthOf(prediction.id, { row: 1, truth: null, reward: 0 }),
      truthOf(prediction.id, { source: 'airport', truth: '1' }),
      truthOf(prediction.id, { row: 2 }),
      truthOf(idAt(todayMs)),
      truthOf('6b7d9a2e-0000-4000-8000-000000000000'),
      truthOf("'; drop table predictions"),
    ];
    expect(await sink.storeFeedback(told)).toEqual({ stored: 3, duplicate: 0, unknown: 4 });
    expect(await sink.storeFeedback(told)).toEqual({ stored: 0, duplicate: 7, unknown: 4 });
    const rows = await admin`select row, source, truth, reward from feedback order by row, source`;
    expect(rows.map((row) => [row['row'], row['source'], row['truth'], row['reward']])).toEqual([
      [0, 'airline', { late: true }, null],
      [0, 'airport', 1, null],
      [1, 'airline', null, 0],
    ]);
    await expect(sink.storeFeedback([truthOf(prediction.id, { source: '' })])).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
    });
  });

  it('that came before its prediction is brought home', async () => {
    const [early, never] = [rowAt(todayMs + 1), rowAt(todayMs)];
    await sink.storeFeedback([truthOf(early.id), truthOf(never.id), truthOf('no id')]);
    expect(await days.matchFeedback()).toBe(0);
    await sink.store([served], [early]);
    expect(await days.matchFeedback()).toBe(1);
    expect(await days.matchFeedback()).toBe(0);
    const [row] = await admin`select prediction_id::text as id, truth from feedback`;
    expect(row).toMatchObject({ id: early.id, truth: { late: true } });
    expect((await admin`select from feedback_aside`).length).toBe(2);
  });
});

describe('the role of the server of models', () => {
  it('adds what it saw and reads, changes and drops none of it', async () => {
    const serving = postgres(fresh.servingUrl, { max: 1, onnotice: () => undefined });
    await sink.store([served], [rowAt(todayMs)]);
    for (const statement of [
      'select inputs from predictions',
      'select truth from feedback',
      'select model from served_models',
      "update predictions set unit = 'x'",
      'delete from predictions',
      'delete from feedback',
      'select drop_prediction_days(1)',
      'select make_prediction_days(1)',
      'select forget_predictions(1)',
      'drop table predictions_other',
      'select * from runs',
    ]) {
      await expect(serving.unsafe(statement), statement).rejects.toMatchObject({ code: '42501' });
    }
    await serving.end();
  });
});
