import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '../../db/client.js';
import { createPredictionSink } from '../../db/predictions.js';
import { createServedMinutes } from '../../db/served-minutes.js';
import type { PredictionSink } from '../../domain/ports/predictions.js';
import type { ServedMinute, ServedStep } from '../../domain/ports/served-minutes.js';
import { latencyBoundsMs } from '../../domain/serving/latency-bounds.js';
import { type DatabaseRoom, openDatabaseRoom } from './database-room.js';

let room: DatabaseRoom;
let sink: PredictionSink;
beforeAll(async () => {
  room = await openDatabaseRoom();
  sink = createPredictionSink(connect(room.servingUrl, { poolSize: 2, application: 'test' }));
});
afterAll(async () => {
  await sink.close();
  await room.close();
});

const at = (hour: number, minute: number) => new Date(Date.UTC(2026, 0, 1, hour, minute)).toISOString();
const day = { from: at(0, 0), to: at(24, 0) };
const gauge = (last: number) => ({ kind: 'gauge', count: 1, sum: last, last }) as const;
let endpoints = 0;

describe('what servers of an endpoint counted', () => {
  let name: { readonly project: string; readonly endpoint: string };
  const minutes = () => createServedMinutes(room.database);
  const points = (step: ServedStep, span = day) => minutes().points(name, step, span);
  beforeEach(() => {
    endpoints += 1;
    name = { project: 'trips', endpoint: `web-${endpoints}` };
  });

  function minute(began: string, more: Partial<ServedMinute> = {}): ServedMinute {
    const counts = Array.from({ length: latencyBoundsMs.length + 1 }, (_, place) => (place === 2 ? 5 : 0));
    return {
      ...{
        endpoint: `trips/${name.endpoint}`,
        model: 'delay',
        version: '1',
        server: randomUUID(),
        at: began,
      },
      ...{
        answered: 5,
        rows: 50,
        refused: 1,
        failed: 2,
        sumMs: 7.5,
        counts,
        custom: { app_queue: gauge(4) },
      },
      ...more,
    };
  }

  it('is nothing where nothing was asked', async () => {
    expect(await points('minute')).toEqual([]);
    expect(await points('hour')).toEqual([]);
  });

  it('is there once, however often it is delivered, by the minute of all servers and by the hour', async () => {
    const [first, beside, later] = [minute(at(10, 0)), minute(at(10, 0)), minute(at(10, 59))];
    await sink.storeMinutes([first, beside, later]);
    await sink.storeMinutes([later, first, minute(at(11, 0))]);
    const byMinute = await points('minute');
    expect(byMinute.map(({ at, answered }) => [at, answered])).toEqual([
      [at(10, 0), 10],
      [at(10, 59), 5],
      [at(11, 0), 5],
    ]);
    const [ten, eleven] = await points('hour');
    expect(ten).toMatchObject({
      ...{ at: at(10, 0), model: 'delay', version: '1' },
      ...{ answered: 15, rows: 150, refused: 3, failed: 6, sumMs: 22.5 },
      custom: { app_queue: { kind: 'gauge', count: 3, sum: 12, last: 4 } },
    });
    expect(ten?.counts[2]).toBe(15);
    expect(ten?.counts).toHaveLength(latencyBoundsMs.length + 1);
    expect(eleven).toMatchObject({ at: at(11, 0), answered: 5 });
  });

  it('adds a minute that comes late to its hour, and a series that was not there before', async () => {
    await sink.storeMinutes([minute(at(10, 0), { custom: {} })]);
    await sink.storeMinutes([minute(at(12, 0))]);
    await sink.storeMinutes([minute(at(10, 30), { custom: { app_hits: gauge(1) } })]);
    const [ten] = await points('hour');
    expect(ten).toMatchObject({ at: at(10, 0), answered: 10, custom: { app_hits: gauge(1) } });
  });

  it('is told version by version, and within its span alone', async () => {
    await sink.storeMinutes([minute(at(10, 0)), minute(at(10, 0), { version: '2' }), minute(at(11, 0))]);
    const span = { from: at(10, 0), to: at(11, 0) };
    expect((await points('minute', span)).map(({ version }) => version)).toEqual(['1', '2']);
    expect((await points('hour', span)).map(({ version }) => version)).toEqual(['1', '2']);
  });

  it('is whole where two servers write into the same hours at once', async () => {
    const versions = ['1', '2', '3'];
    const all = (order: readonly string[]) =>
      Array.from({ length: 20 }, (_, place) =>
        order.map((version) => minute(at(10, place), { version })),
      ).flat();
    await Promise.all([sink.storeMinutes(all(versions)), sink.storeMinutes(all(versions.toReversed()))]);
    expect((await points('hour')).map(({ version, answered }) => [version, answered])).toEqual(
      versions.map((version) => [version, 200]),
    );
  });

  it('forgets minutes sooner than hours', async () => {
    const ago = (days: number) =>
      new Date(Math.floor(Date.now() / 60_000) * 60_000 - days * 86_400_000).toISOString();
    const always = { from: ago(30), to: ago(-1) };
    await sink.storeMinutes([minute(ago(0)), minute(ago(5)), minute(ago(20))]);
    await minutes().forget({ keepMinutesDays: 2, keepHoursDays: 10 });
    expect((await points('minute', always)).map(({ at }) => at)).toEqual([ago(0)]);
    expect(await points('hour', always)).toHaveLength(2);
    await expect(minutes().forget({ keepMinutesDays: 0, keepHoursDays: 10 })).rejects.toThrow();
    expect(await points('minute', always)).toHaveLength(1);
  });

  it('refuses a count below nought, and says so without what came', async () => {
    const stored = sink.storeMinutes([minute(at(10, 0), { answered: -1 })]);
    await expect(stored).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
    expect(await points('hour')).toEqual([]);
  });

  it('is written by the server of models, which may read none of it', async () => {
    const serving = connect(room.servingUrl, { poolSize: 1, application: 'test' });
    try {
      await expect(createServedMinutes(serving).points(name, 'hour', day)).rejects.toThrow();
    } finally {
      await serving.close();
    }
  });
});
