import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applicationServer, type ServedApplication } from './served-application.js';

const { serve } = applicationServer();
const shared = applicationServer(afterAll);
const answered = (...ys: readonly number[]) => ({
  status: 200,
  body: {
    predictions: ys.map((y) => ({ y })),
    model_name: 'adds',
    model_version: '1',
    id: expect.any(String),
  },
});

describe('an endpoint with serving code', () => {
  let tenfold: ServedApplication;
  beforeAll(async () => {
    tenfold = await shared.serve({ preprocess: 'return { x: row.a * 10 };' });
  });

  it('answers rows of its own API, one by one, as instances and as columns', async () => {
    const { predict } = tenfold;
    expect(await predict([{ a: 1 }, { a: 2 }])).toEqual(answered(11, 21));
    const { body } = await predict({ instances: [{ a: 1 }], id: 'mine' });
    expect(body).toMatchObject({ predictions: [{ y: 11 }], id: 'mine' });
    expect(await predict({ a: [3, 4, 5] })).toEqual(answered(31, 41, 51));
    expect(await predict([])).toEqual(answered());
  });

  it('answers 1,000 rows in their order, and as many lines of a stream', async () => {
    const { predict, stream } = tenfold;
    const rows = Array.from({ length: 1000 }, (_, a) => ({ a }));
    expect(await predict(rows)).toEqual(answered(...rows.map(({ a }) => a * 10 + 1)));
    const answers = await stream(rows.map((row) => JSON.stringify(row)));
    expect(answers).toEqual(rows.map(({ a }) => ({ prediction: { y: a * 10 + 1 }, model_version: '1' })));
  });

  it('leaves the addresses of the model to the model', async () => {
    const { serving, get } = tenfold;
    const response = await fetch(`${serving.at.http}/v2/models/adds/predict`, {
      method: 'POST',
      body: '[1]',
    });
    expect(await response.json()).toMatchObject({ predictions: [2] });
    expect((await get('/v2/models/adds/openapi.json')).status).toBe(200);
  });

  it('describes its API', async () => {
    const { get } = tenfold;
    const { body } = await get('/openapi.json');
    const row = {
      type: 'object',
      required: ['a'],
      properties: { a: { type: 'number' } },
      additionalProperties: false,
    };
    expect(body).toMatchObject({
      openapi: '3.1.0',
      info: { version: '1.0' },
      paths: {
        '/predict': {
          post: {
            requestBody: { content: { 'application/json': { schema: { oneOf: [{ items: row }, {}, {}] } } } },
          },
        },
      },
    });
  });

  it('refuses with 400 what is not of its API, naming row and field', async () => {
    const { predict } = tenfold;
    const cases: readonly (readonly [unknown, string])[] = [
      [[{ a: 1 }, { a: 'x' }], 'row 1: "a" is a text, allowed is a number'],
      [[{ b: 1 }], 'row 0: it has "b", which is none of a'],
      [[[1]], 'row 0: it is an array, asked for is an object with a'],
      [{ a: [1], b: [1, 2] }, 'column "b" has 2 rows, column "a" has 1'],
      [7, 'the body is not what is asked for'],
    ];
    for (const [body, words] of cases) {
      expect(await predict(body)).toEqual({ status: 400, body: { error: expect.stringContaining(words) } });
    }
  });

  it('answers what it refuses, and tells nobody how it broke', async () => {
    const { predict, log } = await serve({
      preprocess:
        'if (row.a < 0) throw new Refusal("a is negative"); if (row.a > 9) throw new Error("secret inside"); return { x: row.a };',
    });
    expect(await predict([{ a: -1 }])).toEqual({ status: 400, body: { error: 'row 0: a is negative' } });
    const broken = await predict([{ a: 10 }]);
    expect(broken).toEqual({
      status: 500,
      body: { error: 'row 0: the application failed on this row, in preprocess' },
    });
    expect(log.join('')).toContain('secret inside');
  });

  it('never passes on an answer that is not of its API, nor a row that is none of the model', async () => {
    const { predict, log } = await serve({
      preprocess: 'return row.a === 10 ? { z: 1 } : row.a === 11 ? { x: "1" } : { x: row.a };',
      postprocess:
        'return [{ z: 1 }, { y: "1" }, { y: 0 / 0 }, undefined, { y: () => 1 }, { y: null }, 7][row.a];',
    });
    const failed = (stage: string) => ({
      status: 500,
      body: { error: `row 0: the application failed on this row, in ${stage}` },
    });
    for (const a of [0, 1, 2, 3, 4, 5, 6]) expect(await predict([{ a }])).toEqual(failed('postprocess'));
    for (const a of [10, 11]) expect(await predict([{ a }])).toEqual(failed('preprocess'));
    expect(log.filter((line) => line.includes('application'))).toHaveLength(9);
  });

  it('answers each line of a stream by itself, whatever befalls its mates', async () => {
    const { stream } = await serve({
      preprocess:
        'if (row.a === 1) throw new Refusal("not 1"); if (row.a === 2) throw new Error("inside"); return { x: row.a === 3 ? "three" : row.a };',
      postprocess: 'if (row.a === 4) throw new Error("inside"); return { y: prediction };',
    });
    const lines = ['{"a":0}', '{"a":1}', '{"a":2}', '{"a":3}', '{"a":4}', '{"a"', '', '{"b":1}', '{"a":9}'];
    const failed = (stage: string) => ({ error: `the application failed on this row, in ${stage}` });
    expect(await stream(lines)).toEqual([
      { prediction: { y: 1 }, model_version: '1' },
      { error: 'not 1' },
      failed('preprocess'),
      failed('preprocess'),
      failed('postprocess'),
      { error: 'the body is not JSON' },
      { error: 'it has "b", which is none of a' },
      { prediction: { y: 10 }, model_version: '1' },
    ]);
  });
});

describe('an application that misbehaves', () => {
  it('and never ends is ended: its mates are answered, and so are those who ask later', async () => {
    const { predict, stream, metrics } = await serve({
      preprocess: 'while (row.a === 13); return { x: row.a };',
    });
    const [endless, ...others] = await Promise.all([13, 1, 2, 3].map((a) => predict([{ a }])));
    expect(endless).toEqual({
      status: 503,
      body: { error: 'row 0: the application did not answer within 1000 ms' },
    });
    expect(others).toEqual([answered(2), answered(3), answered(4)]);
    expect(await stream(['{"a":1}', '{"a":13}', '{"a":2}'])).toEqual([
      { prediction: { y: 2 }, model_version: '1' },
      { error: 'the application did not answer within 1000 ms' },
      { prediction: { y: 3 }, model_version: '1' },
    ]);
    expect(await predict([{ a: 5 }])).toEqual(answered(6));
    expect(await metrics()).toMatch(/application_restarts_total [1-9]/);
  });

  it('and waits for ever fails its own request alone', async () => {
    const { predict } = await serve(
      { preprocess: 'if (row.a === 13) await new Promise(() => {}); return { x: row.a };' },
      { RATCHET_SERVING_TIMEOUT_MS: '1500' },
    );
    const [waiting, other] = await Promise.all([predict([{ a: 13 }]), predict([{ a: 1 }])]);
    expect([waiting?.status, other]).toEqual([503, answered(2)]);
  });

  it('and takes memory without end loses its thread, and not the server', async () => {
    const { predict, get } = await serve(
      {
        top: 'const kept = [];',
        preprocess:
          'if (row.a === 13) for (;;) kept.push(new Array(10000).fill(row.a + kept.length)); return { x: row.a };',
      },
      { RATCHET_SERVING_APP_MEMORY_MIB: '32', RATCHET_SERVING_APP_BLOCK_MS: '60000' },
    );
    expect(await predict([{ a: 13 }])).toEqual({
      status: 500,
      body: { error: 'row 0: the application ended while it answered' },
    });
    expect(await predict([{ a: 1 }])).toEqual(answered(2));
    expect(await get('/v2/health/live')).toEqual({ status: 200, body: { live: true } });
  });

  it('and ends its thread, throws where nobody catches it, or answers nonsense fails that request alone', async () => {
    const { predict, get } = await serve({
      top: "import { parentPort } from 'node:worker_threads';",
      preprocess: `
        if (row.a === 10) process.exit(1);
        if (row.a === 11) { setTimeout(() => { throw new Error('loose'); }); await new Promise(() => {}); }
        if (row.a === 12) { parentPort.postMessage('what?'); await new Promise(() => {}); }
        if (row.a === 13) for (let id = 0; id < 100; id += 1) parentPort.postMessage({ kind: 'answered', id, answer: { outcomes: [], metrics: [] } });
        return { x: row.a };`,
    });
    for (const a of [10, 11, 12, 13]) {
      expect(await predict([{ a }])).toEqual({
        status: 500,
        body: {
          error: expect.stringMatching(/^row 0: the application (ended while|gave an answer of another)/),
        },
      });
      expect(await predict([{ a: 1 }])).toEqual(answered(2));
    }
    expect((await get('/v2/health/ready')).status).toBe(200);
  });

  it('and finds no setting of the server in its environment', async () => {
    const { predict } = await serve({
      preprocess:
        'const ours = Object.keys(process.env).filter((n) => /^(RATCHET|AWS)_/.test(n)); return { x: ours.length };',
    });
    process.env['RATCHET_SECRET_OF_THE_SERVER'] = 'x';
    expect(await predict([{ a: 1 }])).toEqual(answered(1));
    delete process.env['RATCHET_SECRET_OF_THE_SERVER'];
  });

  it('and does not load is no server', async () => {
    await expect(serve({ top: 'throw new Error("no luck");' })).rejects.toMatchObject({
      code: 'APPLICATION_FAILED',
      message: 'the serving application does not load: no luck',
    });
  });
});

describe('the metrics of an application', () => {
  it('are shown with the values that it declared, and all others as one', async () => {
    const { predict, metrics } = await serve({
      postprocess:
        'metrics.asked.inc({ sign: row.a > 0 ? "plus" : "value " + row.a }); metrics.size.observe(row.a); metrics.last.set(row.a); return { y: prediction };',
    });
    await predict(Array.from({ length: 50 }, (_, i) => ({ a: -i })));
    await predict([{ a: 5 }]);
    const text = await metrics();
    expect(text).toContain('app_asked{sign="plus"} 1');
    expect(text).toContain('app_asked{sign="other"} 50');
    expect(text.match(/^app_asked\{/gm)).toHaveLength(2);
    expect(text).toContain('app_size_bucket{le="10"} 51');
    expect(text).toContain('app_last 5');
    expect(text).toContain('application_rows_total{outcome="answered"} 51');
  });
});

describe('a server with an application that is being stopped', () => {
  it('answers what was begun, and takes nothing new', async () => {
    const { serving, predict, get } = await serve({
      preprocess: 'await new Promise((resolve) => setTimeout(resolve, 1000)); return { x: row.a };',
    });
    const begun = predict([{ a: 1 }]);
    await expect.poll(async () => (await get('/v2/health/ready')).status).toBe(200);
    const closed = serving.close();
    expect(await begun).toEqual(answered(2));
    await closed;
    await expect(predict([{ a: 1 }])).rejects.toThrow('fetch failed');
  });
});
