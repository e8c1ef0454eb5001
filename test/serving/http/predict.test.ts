import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServedPlane, servePlane } from './served-plane.js';

let served: ServedPlane;
beforeAll(async () => {
  served = await servePlane();
});
afterAll(() => served.listening.close());

const kinds = { f32: [1, 2], f64: 0.5, i64: 7, i32: -7, flag: true, text: 'a' };
const out = { out_f32: [1, 2], out_f64: 0.5, out_i64: 7, out_i32: -7, out_flag: true, out_text: 'a' };

describe('predict over HTTP', () => {
  it.each<[string, unknown]>([
    [
      'rows as arrays',
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    ],
    ['rows as arrays in the order of the inputs', [[[1, 2, 3]], [[4, 5, 6]]]],
    ['rows as objects', [{ x: [1, 2, 3] }, { x: [4, 5, 6] }]],
    [
      'instances',
      {
        instances: [
          [1, 2, 3],
          [4, 5, 6],
        ],
      },
    ],
    [
      'columns',
      {
        x: [
          [1, 2, 3],
          [4, 5, 6],
        ],
      },
    ],
  ])('answers %s', async (_, body) => {
    const { status, body: told } = await served.ask('/predict', body);
    expect({ status, told }).toEqual({
      status: 200,
      told: {
        predictions: [
          [2, 4, 6],
          [8, 10, 12],
        ],
        model_name: 'double',
        model_version: '2',
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      },
    });
  });

  it.each<[string, unknown]>([
    ['an object by column', [kinds]],
    ['an array in the order of the inputs', [Object.values(kinds)]],
    ['columns', Object.fromEntries(Object.entries(kinds).map(([name, value]) => [name, [value]]))],
  ])('takes %s for a model with several inputs, and answers an object by output', async (_, body) => {
    expect((await served.ask('/v2/models/kinds/predict', body)).body).toMatchObject({ predictions: [out] });
  });

  it('takes a missing number as NaN and a missing text as the empty one', async () => {
    const row = { ...kinds, f64: null, text: null };
    expect((await served.ask('/v2/models/kinds/predict', [row])).body).toMatchObject({
      predictions: [{ ...out, out_f64: null, out_text: '' }],
    });
  });

  it('takes a row that is one value, answers a value, and gives the id back', async () => {
    const { body } = await served.ask('/v2/models/pick/predict', { instances: [0, [2]], id: 'mine' });
    expect(body).toEqual({ predictions: [10, 30], model_name: 'pick', model_version: '1', id: 'mine' });
  });

  it('answers no rows with no predictions', async () => {
    expect((await served.ask('/predict', [])).body).toMatchObject({ predictions: [] });
  });

  it('answers from the version in the address', async () => {
    expect((await served.ask('/v2/models/double/versions/1/predict', [[1, 2, 3]])).body).toMatchObject({
      model_version: '1',
    });
  });

  it('says integers beyond 2^53 with all their digits', async () => {
    const row = JSON.stringify(kinds).replace('"i64":7', '"i64":9007199254740993');
    const response = await fetch(`${served.base}/v2/models/kinds/predict`, {
      method: 'POST',
      body: `[${row}]`,
    });
    expect(await response.text()).toContain('"out_i64":9007199254740993');
  });

  it('answers KServe v1 with predictions alone', async () => {
    expect((await served.ask('/v1/models/double:predict', { instances: [[1, 2, 3]] })).body).toEqual({
      predictions: [[2, 4, 6]],
    });
    expect((await served.ask('/v1/models')).body).toEqual({ models: ['broken', 'double', 'kinds', 'pick'] });
    expect((await served.ask('/v1/models/double')).body).toEqual({ name: 'double', ready: true });
  });
});
