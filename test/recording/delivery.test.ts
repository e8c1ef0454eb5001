import { expect, test } from 'vitest';
import { timeOfPredictionId } from '../../domain/predictions/prediction-id.js';
import type { Answered } from '../../serving/record/answered.js';
import { answered, served } from './answered-rows.js';
import { delivered, recordingRoom, storedRows } from './recording-room.js';

const room = recordingRoom();

test('every row of an answer is stored once, in order, with what answered, who asked and when', async () => {
  const { app, servingUrl } = await room.database();
  const { recorder, numbers, close } = room.record({ databaseUrl: servingUrl });
  const before = Date.now();
  const asked = { unitId: 'flight 7', requestId: 'r-1', eventAt: '2013-04-01T10:00:00.000Z' };
  const first = await recorder.record({ ...answered(1, 2), ...asked });
  const second = await recorder.record(answered(3));
  await delivered({ numbers }, 3);
  expect(await storedRows(app)).toEqual([
    { id: first, row: 0, x: 1, y: 2 },
    { id: first, row: 1, x: 2, y: 3 },
    { id: second, row: 0, x: 3, y: 4 },
  ]);
  const [row] = await app`select p.*, s.model, s.version, s.model_digest, s.endpoint, s.interface
    from predictions p join served_models s on s.id = p.served order by p.id, row`;
  expect(row).toMatchObject({
    event_at: new Date('2013-04-01T10:00:00.000Z'),
    ...{ unit: 'flight 7', request_id: 'r-1', variant: null, inputs: { x: 1 }, outputs: { y: 2 } },
    ...{ model: 'late-arrival', version: '3', endpoint: 'delays', model_digest: served.modelDigest },
    interface: served.interface,
  });
  expect(row?.['at'].toISOString()).toBe(timeOfPredictionId(first ?? ''));
  expect(row?.['at'].getTime()).toBeGreaterThanOrEqual(before);
  await close();
  expect(numbers()).toMatchObject({
    spooled: 2,
    delivered: 3,
    duplicates: 0,
    dropped: 0,
    records: 0,
    bytes: 0,
  });
});

test('values of every kind are stored as they are, and a model that answers all rows as one in one row', async () => {
  const { app, servingUrl } = await room.database();
  const { recorder, numbers } = room.record({ databaseUrl: servingUrl });
  const inputs = [
    { name: 'f', type: 'float64', shape: [-1, 2] },
    { name: 'n', type: 'int64', shape: [-1] },
    { name: 't', type: 'string', shape: [-1, 1] },
    { name: 'b', type: 'bool', shape: [-1, 1] },
    { name: 'h', type: 'float16', shape: [-1, 1] },
  ] as const;
  const kinds = { ...served, id: served.id.replace(/^0/, '1'), interface: { inputs, outputs: [...inputs] } };
  const [f, n, t, b, h]: Answered['inputs'] = [
    { name: 'f', type: 'float64', dims: [2, 2], data: Float64Array.of(0.1, Number.NaN, Infinity, -Infinity) },
    { name: 'n', type: 'int64', dims: [2], data: BigInt64Array.of(9007199254740993n, -1n) },
    { name: 't', type: 'string', dims: [2, 1], data: ['grüße "\u{1F600}"', 'a\0b\uD800'] },
    { name: 'b', type: 'bool', dims: [2, 1], data: Uint8Array.of(1, 0) },
    { name: 'h', type: 'float16', dims: [2, 1], data: Uint16Array.of(0x3e00, 0xfc00) },
  ];
  if (!(f && n && t && b && h)) throw new Error('unreachable');
  await recorder.record({ served: kinds, rows: 2, inputs: [f, n, t, b, h], outputs: [b, f] });
  await recorder.record({ served: kinds, rows: 1, inputs: [f, n, t, b, h], outputs: [n] });
  await delivered({ numbers }, 3);
  const rows =
    await app`select row, inputs::text as inputs, outputs::text as outputs from predictions order by id, row`;
  expect(rows.map((r) => [r['row'], r['inputs'], r['outputs']])).toEqual([
    [
      0,
      '{"b": true, "f": [0.1, null], "h": 1.5, "n": 9007199254740993, "t": "grüße \\"\u{1F600}\\""}',
      '{"b": true, "f": [0.1, null]}',
    ],
    [
      1,
      '{"b": false, "f": ["Infinity", "-Infinity"], "h": "-Infinity", "n": -1, "t": "a\uFFFDb\uFFFD"}',
      '{"b": false, "f": ["Infinity", "-Infinity"]}',
    ],
    [
      0,
      '{"b": [true, false], "f": [0.1, null, "Infinity", "-Infinity"], "h": [1.5, "-Infinity"], "n": [9007199254740993, -1], "t": ["grüße \\"\u{1F600}\\"", "a\uFFFDb\uFFFD"]}',
      '{"n": [9007199254740993, -1]}',
    ],
  ]);
});

test('10,000 rows of one request are stored, and no rows are no record', async () => {
  const { app, servingUrl } = await room.database();
  const { recorder, numbers } = room.record({ databaseUrl: servingUrl });
  expect(await recorder.record(answered())).toBe(undefined);
  await recorder.record(answered(...Array.from({ length: 10_000 }, (_, i) => i)));
  await delivered({ numbers }, 10_000);
  expect((await storedRows(app)).map(({ row, x }) => row - (x ?? -1))).toEqual(Array(10_000).fill(0));
  expect(numbers().spooled).toBe(1);
});

test('what cannot be stored is set aside with the reason, and holds up nobody', async () => {
  const { app, servingUrl } = await room.database();
  const { recorder, numbers, log, close } = room.record({ databaseUrl: servingUrl });
  const broken = {
    ...answered(2),
    served: { ...served, id: served.id.replace(/^0/, '2'), modelDigest: 'short' },
  };
  const asked = [answered(1), broken, answered(3)].map((answer) => recorder.record(answer));
  await Promise.all(asked);
  await delivered({ numbers }, 2);
  expect((await storedRows(app)).map(({ x }) => x)).toEqual([1, 3]);
  await close();
  expect(numbers()).toMatchObject({ setAside: 1, records: 0 });
  expect(numbers().bytes).toBeGreaterThan(0);
  expect(log.join('')).toContain('records can never be stored');
});
