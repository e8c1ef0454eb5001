import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '../../db/client.js';
import { createPredictionSink } from '../../db/predictions.js';
import { createServedTraffic } from '../../db/served-traffic.js';
import type { PredictionRow, PredictionSink, ServedModel } from '../../domain/ports/predictions.js';
import { timeOfPredictionId } from '../../domain/predictions/prediction-id.js';
import { verificationUnit } from '../../domain/predictions/verification-unit.js';
import { served } from '../recording/answered-rows.js';
import { type DatabaseRoom, openDatabaseRoom } from './database-room.js';

let room: DatabaseRoom;
let sink: PredictionSink;
beforeAll(async () => {
  room = await openDatabaseRoom();
  sink = createPredictionSink(connect(room.servingUrl, { poolSize: 1, application: 'test' }));
});
afterAll(async () => {
  await sink.close();
  await room.close();
});

const answeredMs = Date.UTC(2026, 5, 1);
const at = (day: number) => new Date(Date.UTC(2013, 3, day)).toISOString();
const window = (from: number, to: number) => ({ from: at(from), to: at(to) });
let endpoints = 0;
let ids = 0;

describe('the traffic of an endpoint', () => {
  let name: { readonly project: string; readonly endpoint: string };
  let model: ServedModel;
  let other: ServedModel;
  const traffic = () => createServedTraffic(room.database);
  beforeEach(() => {
    endpoints += 1;
    name = { project: 'trips', endpoint: `web-${endpoints}` };
    const of = (version: string, last: string): ServedModel => ({
      ...served,
      id: `01234567-89ab-8cde-a${endpoints.toString(16).padStart(3, '0')}-00000000000${last}`,
      ...{ project: 'trips', endpoint: `trips/web-${endpoints}`, version },
      modelDigest: last.repeat(64),
    });
    [model, other] = [of('1', '1'), of('2', '2')];
  });

  function row(eventAt: string | null, more: Partial<PredictionRow> = {}): PredictionRow {
    ids += 1;
    const hex = (answeredMs + ids).toString(16).padStart(12, '0');
    const id = `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${String(ids).padStart(12, '0')}`;
    const facts = { id, row: 0, at: timeOfPredictionId(id) ?? '', served: model.id, eventAt };
    const asked = { unit: null, requestId: null, forFeedback: false };
    return { ...facts, ...asked, inputs: '{"x":1}', outputs: '{"y":2}', ...more };
  }
  const store = (...rows: readonly PredictionRow[]) => sink.store([model, other], rows);

  it('is nothing where nothing was asked', async () => {
    expect(await traffic().progress(name)).toBeUndefined();
    expect(await traffic().nextEventAt(name, at(1))).toBeUndefined();
    expect(await traffic().versions(name, window(1, 9))).toEqual([]);
    expect(await traffic().rows(name, model.modelDigest, window(1, 9), 10)).toEqual([]);
  });

  it('has come as far as its newest event, which is the answer where nothing else is said', async () => {
    const [first, late] = [row(at(3)), row(at(2))];
    await store(first, late);
    const progress = { oldestEventAt: at(2), newestEventAt: at(3), lastCameAt: late.at };
    expect(await traffic().progress(name)).toEqual(progress);
    const now = row(null);
    await store(now);
    expect(await traffic().progress(name)).toMatchObject({ newestEventAt: now.at, lastCameAt: now.at });
    expect(await traffic().nextEventAt(name, at(2))).toBe(at(2));
    expect(await traffic().nextEventAt(name, at(4))).toBe(now.at);
  });

  it('is told by version, in windows that begin with their first instant and end before their last', async () => {
    await store(row(at(1)), row(at(2)), row(at(2), { served: other.id }), row(at(3)), row(at(2)));
    expect(await traffic().versions(name, window(1, 3))).toMatchObject([
      { project: 'trips', model: served.model, version: '1', modelDigest: model.modelDigest, rows: 3 },
      { version: '2', rows: 1 },
    ]);
    const rows = await traffic().rows(name, model.modelDigest, window(1, 3), 10);
    expect(rows.map(({ eventAt, inputs }) => [eventAt, inputs])).toEqual([
      [at(1), { x: 1 }],
      [at(2), { x: 1 }],
      [at(2), { x: 1 }],
    ]);
  });

  it('has what each source said of a row, the first first', async () => {
    const asked = row(at(1));
    await store(asked);
    const said = (source: string, truth: string, second: number, eventAt: string | null = null) => ({
      ...{ predictionId: asked.id, row: 0, source, truth, reward: null, eventAt },
      receivedAt: new Date(answeredMs + 1000 * second).toISOString(),
    });
    await sink.storeFeedback([said('b', 'true', 3600), said('a', '0', 1800, at(3))]);
    const [found] = await traffic().rows(name, model.modelDigest, window(1, 2), 10);
    expect(found?.truths).toMatchObject([
      {
        source: 'a',
        truth: 0,
        receivedAt: new Date(answeredMs + 1_800_000).toISOString(),
        delayMs: 2 * 86_400_000,
      },
      { source: 'b', truth: true, reward: null, delayMs: 3_600_000 - (Date.parse(asked.at) - answeredMs) },
    ]);
  });

  it('is without what a release asked, and what was answered again for feedback', async () => {
    await store(row(at(1), { unit: verificationUnit }), row(at(1), { forFeedback: true }));
    expect(await traffic().progress(name)).toBeUndefined();
    expect(await traffic().versions(name, window(1, 2))).toEqual([]);
    expect(await traffic().nextEventAt(name, at(1))).toBeUndefined();
  });

  it('is counted no further than asked, and says where there is more', async () => {
    const again = { ...model, id: `${model.id.slice(0, -1)}9` };
    await store(row(at(1)), row(at(1)), row(at(2)), row(at(2), { served: other.id }), row(at(3)));
    await sink.store([again], [row(at(1), { served: again.id })]);
    const counted = async (most: number) =>
      (await traffic().countUpTo(name, window(1, 3), most)).map(({ version, rows, isMore }) => [
        version,
        rows,
        isMore,
      ]);
    expect(await counted(10)).toEqual([
      ['1', 4, false],
      ['2', 1, false],
    ]);
    expect(await counted(4)).toEqual(await counted(10));
    expect(await counted(2)).toEqual([
      ['1', 2, true],
      ['2', 1, false],
    ]);
    expect(await traffic().countUpTo(name, window(4, 9), 2)).toEqual([]);
  });

  it('is a share of its rows where there are more than are wanted, the same one each time', async () => {
    await store(...Array.from({ length: 2000 }, () => row(at(1))));
    const taken = async () =>
      (await traffic().rows(name, model.modelDigest, window(1, 2), 500)).map(({ id }) => id);
    const first = await taken();
    expect(first.length).toBeGreaterThan(350);
    expect(first.length).toBeLessThan(650);
    expect(await taken()).toEqual(first);
  });
});
