import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres, { type Sql } from 'postgres';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { put } from '../serving/serving-room.js';
import { addsTo } from '../serving/small-models.js';
import { type FreshDatabase, freshDatabase } from '../setup/stack.js';
import { type RecordingHost, startHost } from './recording-host.js';

let fresh: FreshDatabase;
let app: Sql;
let host: RecordingHost;
const folder = mkdtempSync(join(tmpdir(), 'ratchet recorded '));
beforeAll(async () => {
  fresh = await freshDatabase();
  app = postgres(fresh.appUrl, { max: 1, onnotice: () => undefined });
  put(folder, { 'models/adds/1/model.onnx': addsTo(1) });
  host = await startHost({
    RATCHET_SERVING_REPOSITORY: join(folder, 'models'),
    RATCHET_SERVING_RECORD: 'on',
    RATCHET_SERVING_SPOOL_DIR: join(folder, 'spool'),
    DATABASE_SERVING_URL: fresh.servingUrl,
    RATCHET_SERVING_SOURCE_TOKENS: JSON.stringify({ ministry: digestOf('a-word-of-its-own') }),
  });
});
afterAll(async () => {
  host.child.kill('SIGKILL');
  await host.ended;
  await app.end();
  await fresh.drop();
  rmSync(folder, { recursive: true });
});
afterEach(() => expect(host.log()).toBe(''));

const digestOf = (text: string) => createHash('sha256').update(text).digest('hex');

async function post(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(`${host.http}${path}`, { method: 'POST', body: text, headers });
  return {
    status: response.status,
    id: response.headers.get('x-ratchet-prediction-id'),
    text: await response.text(),
  };
}

const infer = (x: readonly number[], more: object = {}) =>
  post('/v2/models/adds/infer', {
    inputs: [{ name: 'x', datatype: 'FP32', shape: [x.length, 1], data: x }],
    ...more,
  });

async function told(path: string, body: unknown, headers = {}) {
  const { status, text } = await post(path, body, headers);
  return { status, ...(JSON.parse(text) as object) };
}

describe('an answer that is recorded', () => {
  it('tells its id in every form, and is stored with the unit and the id of the request', async () => {
    const inferred = await infer([1], { id: 'mine', parameters: { unit_id: 'plane 7' } });
    expect(JSON.parse(inferred.text)).toMatchObject({
      id: 'mine',
      parameters: { prediction_id: inferred.id },
    });
    const binary = await infer([2], { parameters: { binary_data_output: true } });
    expect(binary.text).toContain(`"prediction_id":"${binary.id}"`);
    const predicted = await post('/predict', { instances: [[3], [4]], id: 'yours' });
    expect(JSON.parse(predicted.text)).toMatchObject({
      id: 'yours',
      prediction_id: predicted.id,
      predictions: [4, 5],
    });
    const kserve = await post('/v1/models/adds:predict', { instances: [[5]] });
    expect(JSON.parse(kserve.text)).toEqual({ predictions: [6] });
    const streamed = await post('/predict', '[6]\n[7]\n', { 'content-type': 'application/x-ndjson' });
    const lines = streamed.text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { prediction_id: string; row: number });
    const stored = async () =>
      await app`select id::text, row, unit, request_id from predictions order by (inputs->>'x')::int`;
    await expect.poll(stored).toHaveLength(7);
    expect((await stored()).map(Object.values)).toEqual([
      [inferred.id, 0, 'plane 7', 'mine'],
      [binary.id, 0, null, null],
      [predicted.id, 0, null, 'yours'],
      [predicted.id, 1, null, 'yours'],
      [kserve.id, 0, null, null],
      ...lines.map(({ prediction_id, row }) => [prediction_id, row, null, null]),
    ]);
  });

  it.each([[''], ['x'.repeat(201)], [true]])('is not asked for about the unit %j', async (unit) => {
    const { status, text, id } = await infer([1], { parameters: { unit_id: unit } });
    expect([status, id]).toEqual([400, null]);
    expect(text).toContain('parameter \\"unit_id\\" is not what is asked for');
  });
});

const ofOneRow = { inputs: [{ name: 'x', datatype: 'FP32', shape: [1, 1], data: [1] }] };

describe('feedback', () => {
  it('finds the rows of its prediction, once for each source, with rewards of zero', async () => {
    const { id } = await infer([10, 11, 12]);
    const { id: other } = await infer([13]);
    const path = '/v2/models/adds/feedback';
    const at = '2026-03-01T10:00:00Z';
    expect(await told(path, { id, truth: [1, null, { late: false }], at })).toEqual({
      ...{ status: 200, accepted: 2, duplicate: 0, unknown: 0 },
    });
    expect(
      await told(path, [
        { id, truth: [1] },
        { id, truth: [null, 5] },
      ]),
    ).toMatchObject({ accepted: 1, duplicate: 1 });
    expect(await told('/v1/models/adds:feedback', { id: other, reward: 0, source: 'till' })).toMatchObject({
      accepted: 1,
    });
    const seldon = { response: { meta: { puid: other } }, reward: 0.5, truth: { data: { ndarray: [[2]] } } };
    expect(await told('/api/v1.0/feedback', seldon)).toMatchObject({ meta: { puid: other }, accepted: 1 });
    const stored = async () =>
      await app`
      select p.inputs->>'x' as x, f.source, f.truth, f.reward, f.event_at from feedback f
      join predictions p on p.at = f.prediction_at and p.id = f.prediction_id and p.row = f.row
      order by (p.inputs->>'x')::int, f.source`;
    await expect.poll(stored).toHaveLength(5);
    expect((await stored()).map(Object.values)).toEqual([
      ['10', 'http', 1, null, new Date(at)],
      ['11', 'http', 5, null, null],
      ['12', 'http', { late: false }, null, new Date(at)],
      ['13', 'http', 2, 0.5, null],
      ['13', 'till', null, 0, null],
    ]);
  });

  it('with inputs instead of an id is of a prediction that is made again of them, and is marked so', async () => {
    const inputs = [{ name: 'x', datatype: 'FP32', shape: [2, 1], data: [20, 21] }];
    const request = { id: 'again', parameters: { unit_id: 'plane 9' }, inputs };
    const twice = [
      { request, truth: [1, null] },
      { request: { inputs }, truth: [null, 0], source: 'till' },
    ];
    const { completed, ...counts } = (await told('/v2/models/adds/feedback', twice)) as unknown as {
      completed: readonly string[];
    };
    expect(counts).toEqual({ status: 200, accepted: 2, duplicate: 0, unknown: 0 });
    const seldon = { request: { data: { ndarray: [[22]] } }, reward: 0 };
    const one = (await told('/api/v1.0/feedback', seldon)) as unknown as { meta: { puid: string } };
    const stored = async () =>
      (
        await app`
          select p.id::text, p.row, p.unit, p.request_id, p.for_feedback, p.outputs, f.truth, f.reward
          from predictions p left join feedback f
            on f.prediction_at = p.at and f.prediction_id = p.id and f.row = p.row
          where (p.inputs->>'x')::int between 20 and 22 order by p.id, p.row`
      ).map((row) => Object.values(row));
    const wanted = [
      [completed[0], 0, 'plane 9', 'again', true, { y: 21 }, 1, null],
      [completed[0], 1, 'plane 9', 'again', true, { y: 22 }, null, null],
      [completed[1], 0, null, null, true, { y: 21 }, null, null],
      [completed[1], 1, null, null, true, { y: 22 }, 0, null],
      [one.meta.puid, 0, null, null, true, { y: 23 }, null, 0],
    ];
    await expect.poll(stored).toEqual(wanted);
    const [answered] = await app`select count(*)::int as count from predictions where not for_feedback`;
    expect(answered?.['count']).toBe(11);
  });

  it('of what is no prediction, or none yet, is kept aside and said to be so', async () => {
    const coming = '01930000-0000-7000-8000-000000000001';
    expect(
      await told('/v2/models/adds/feedback', [
        { id: 'order 66', truth: 1 },
        { id: coming, truth: 1 },
      ]),
    ).toMatchObject({
      accepted: 1,
      unknown: 1,
    });
    const aside = async () =>
      (await app`select prediction_id from feedback_aside order by 1`).map((row) => row['prediction_id']);
    await expect.poll(aside).toEqual([coming, 'order 66']);
  });

  it('in the name of a source with a token is taken with that token alone, and leaves nothing else', async () => {
    const { id } = await infer([21]);
    const path = '/v2/models/adds/feedback';
    const [byId, byInputs] = [
      { id, truth: 22, source: 'ministry' },
      {
        request: { inputs: [{ name: 'x', datatype: 'FP32', shape: [1, 1], data: [212] }] },
        ...{ truth: 213, source: 'ministry' },
      },
    ];
    for (const shown of [
      {},
      { authorization: 'Bearer a word of another' },
      { authorization: 'Bearer other' },
    ]) {
      const answers = [await told(path, byId, shown), await told(path, [byInputs], shown)];
      for (const answer of answers)
        expect(answer).toEqual({
          status: 401,
          error: expect.stringMatching(
            /^the source "ministry" is told with a token of its own: (none|another) came$/,
          ),
        });
    }
    expect(await told(path, { ...byId, source: 'airport' })).toMatchObject({ status: 200, accepted: 1 });
    const header = { 'x-ratchet-feedback-source': 'ministry', authorization: 'Bearer a-word-of-its-own' };
    expect(await told(path, { id, truth: 22 }, header)).toMatchObject({ status: 200, accepted: 1 });
    const sources = async () =>
      (await app`select source from feedback where prediction_id = ${id} order by 1`).map(
        ({ source }) => source,
      );
    await expect.poll(sources).toEqual(['airport', 'ministry']);
    expect(await app`select from predictions where inputs->>'x' = '212'`).toHaveLength(0);
  });

  it.each<[string, unknown, number, RegExp]>([
    ['/v2/models/nobody/feedback', { id: 'a', truth: 1 }, 404, /no model "nobody"/],
    ['/v2/models/adds/feedback', 'no json', 400, /not JSON/],
    ['/v2/models/adds/feedback', { truth: 1 }, 400, /^id is not what is asked for/],
    ['/v2/models/adds/feedback', { id: 'x'.repeat(201), truth: 1 }, 400, /^id is not/],
    ['/v2/models/adds/feedback', { id: 'a', row: -1, truth: 1 }, 400, /^row is not what is asked for/],
    ['/v2/models/adds/feedback', { id: 'a', row: 1, reward: [1] }, 400, /reward is a list beside row/],
    ['/v2/models/adds/feedback', { id: 'a' }, 400, /feedback 0 has neither truth nor reward/],
    ['/v2/models/adds/feedback', { id: 'a', truth: [null], reward: [] }, 400, /neither truth nor reward/],
    ['/v2/models/adds/feedback', { request: 7, truth: 1 }, 400, /^request is not what is asked for/],
    [
      '/v2/models/adds/feedback',
      { request: { inputs: [] }, truth: 1 },
      400,
      /tells of row 0, its request has 0/,
    ],
    [
      '/v2/models/adds/feedback',
      { request: ofOneRow, truth: [1, 2] },
      400,
      /tells of row 1, its request has 1/,
    ],
    ['/v2/models/adds/feedback', { request: ofOneRow }, 400, /feedback 0 has neither truth nor reward/],
    [
      '/v2/models/adds/feedback',
      { request: { inputs: [{ ...ofOneRow.inputs[0], name: 'z' }] }, truth: 1 },
      400,
      /the input "x" is missing/,
    ],
    ['/api/v1.0/feedback', { request: { data: { ndarray: [[1, 2]] } }, reward: 1 }, 400, /row 0: "x" has 2/],
    ['/v2/models/adds/feedback', { id: 'a', reward: 'much' }, 400, /^reward is not/],
    ['/v2/models/adds/feedback', { id: 'a', truth: 1, at: 'soon' }, 400, /^at is not/],
    ['/v2/models/adds/feedback', { id: 'a', truth: 1, source: '' }, 400, /^source is not/],
    [
      '/v2/models/adds/feedback',
      { id: 'a', truth: Array(10_001).fill(1) },
      400,
      /10001 rows, allowed are 10000/,
    ],
    ['/api/v1.0/feedback', { reward: 1 }, 400, /^response.meta.puid is not/],
    ['/api/v1.0/feedback', { response: { meta: { puid: 'a' } } }, 400, /neither truth nor reward/],
    [
      '/api/v1.0/feedback',
      {
        response: { meta: { puid: 'a' } },
        truth: { data: { tensor: { shape: [2, 1], values: [1, 2, 3] } } },
      },
      400,
      /"data.tensor" has 3 elements, its shape \[2, 1\] asks for 2/,
    ],
  ])('that is none is refused: %s %j', async (path, body, status, message) => {
    const answer = await post(path, body);
    expect(answer.status).toBe(status);
    expect((JSON.parse(answer.text) as { error: string }).error).toMatch(message);
  });
});
