import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServedPlane, servePlane } from './served-plane.js';

let served: ServedPlane;
beforeAll(async () => {
  served = await servePlane();
});
afterAll(() => served.listening.close());

const path = '/api/v1.0/predictions';
const kindsTable = {
  names: ['text', 'flag', 'i32', 'i64', 'f64', 'f32'],
  ndarray: [
    ['ü', true, -7, 7, 0.5, [1, 2]],
    ['', false, 8, null, null, [null, 4]],
  ],
};

/** What the default model, or another, answers to a message. */
async function predict(message: unknown, model = 'double', headers: Readonly<Record<string, string>> = {}) {
  served.plane.defaultModel = model;
  const { status, body, headers: told } = await served.ask(path, message, headers);
  served.plane.defaultModel = 'double';
  return { status, body: body as Record<string, unknown>, puid: told.get('seldon-puid') };
}

const meta = {
  puid: expect.stringMatching(/^[0-9a-f-]{36}$/),
  tags: {},
  routing: {},
  requestPath: { double: '2' },
};

describe('predictions of Seldon', () => {
  it.each([
    [
      'ndarray',
      {
        names: ['a', 'b', 'c'],
        ndarray: [
          [1, 2, 3],
          [4, 5, null],
        ],
      },
    ],
    [
      'ndarray without names',
      {
        ndarray: [
          [1, 2, 3],
          [4, 5, null],
        ],
      },
    ],
  ])('are answered as they were asked: %s', async (_, data) => {
    expect((await predict({ data })).body).toEqual({
      meta,
      data: {
        names: ['y:0', 'y:1', 'y:2'],
        ndarray: [
          [2, 4, 6],
          [8, 10, null],
        ],
      },
    });
  });

  it('are answered as tensor, and at the address of the version before', async () => {
    const body = { data: { tensor: { shape: [2, 3], values: [1, 2, 3, 4, 5, null] } } };
    const answer = {
      meta,
      data: { names: ['y:0', 'y:1', 'y:2'], tensor: { shape: [2, 3], values: [2, 4, 6, 8, 10, null] } },
    };
    expect((await predict(body)).body).toEqual(answer);
    expect((await served.ask('/api/v0.1/predictions', body)).body).toEqual(answer);
  });

  it('are answered as JSON, of any body that /predict takes', async () => {
    for (const jsonData of [[[1, 2, 3]], { instances: [[1, 2, 3]] }, { x: [[1, 2, 3]] }])
      expect((await predict({ jsonData })).body).toEqual({ meta, jsonData: { predictions: [[2, 4, 6]] } });
  });

  it('take the bytes of a row', async () => {
    const binData = Buffer.from(Float32Array.of(1, 2, 3).buffer).toString('base64');
    expect((await predict({ binData })).body).toMatchObject({ data: { ndarray: [[2, 4, 6]] } });
  });

  it('have the inputs of a model by the names of columns, whatever their order', async () => {
    const [first] = kindsTable.ndarray;
    const { body } = await predict({ data: { ...kindsTable, ndarray: [first] } }, 'kinds');
    expect(body).toMatchObject({
      data: {
        names: ['out_f32:0', 'out_f32:1', 'out_f64', 'out_i64', 'out_i32', 'out_flag', 'out_text'],
        ndarray: [[1, 2, 0.5, 7, -7, true, 'ü']],
      },
    });
  });

  it('may have no rows', async () => {
    expect((await predict({ data: { ndarray: [] } })).body).toMatchObject({ data: { ndarray: [] } });
    const { body } = await predict({ data: { tensor: { shape: [0, 3], values: [] } } });
    expect(body).toMatchObject({ data: { tensor: { shape: [0, 3], values: [] } } });
  });

  it('tell tags again, and are called what whoever asks calls them where nothing is recorded', async () => {
    const data = { ndarray: [[1, 2, 3]] };
    const tags = { from: 'Zürich', deep: { a: [1, null] }, __proto__: 1 };
    const named = await predict({ data, meta: { puid: 'mine', tags } });
    expect(named.body['meta']).toMatchObject({ puid: 'mine', tags });
    expect(served.plane.asked.at(-1)?.requestId).toBe('mine');
    const { body } = await predict({ data }, 'double', { 'seldon-puid': 'theirs' });
    expect(body['meta']).toMatchObject({ puid: 'theirs' });
  });

  it('of a server that records nothing have no feedback', async () => {
    expect(
      await served.ask('/api/v1.0/feedback', { response: { meta: { puid: 'a' } }, reward: 1 }),
    ).toMatchObject({
      status: 501,
      body: { error: 'this server records no predictions, so that nothing can be told of them' },
    });
  });
});

const rows = (ndarray: unknown, names?: unknown) => ({ data: { ndarray, names } });
const tensor = (shape: unknown, values: unknown) => ({ data: { tensor: { shape, values } } });

describe('a message of Seldon', () => {
  it.each<[what: string, body: unknown, says: string, model?: string]>([
    ['no JSON', '{', 'the body is not JSON'],
    ['a list', [], 'the body is not what is asked for, allowed is an object with data'],
    ['nothing', {}, 'the message has 0 of data.ndarray'],
    ['empty data', { data: {} }, 'the message has 0 of data.ndarray'],
    ['two things', { ...rows([[1, 2, 3]]), strData: 'a' }, 'the message has 2 of data.ndarray'],
    [
      'data that is a list',
      { data: [[1, 2, 3]] },
      'data is not what is asked for, allowed is an object with',
    ],
    ['meta that is a text', { ...rows([[1, 2, 3]]), meta: 'a' }, 'meta is not what is asked for'],
    ['a puid that is a number', { ...rows([]), meta: { puid: 7 } }, 'meta.puid is not what is asked for'],
    ['tags that are a list', { ...rows([]), meta: { tags: [] } }, 'meta.tags is not what is asked for'],
    ['an ndarray that is a number', rows(7), 'data.ndarray is not what is asked for, allowed is a list'],
    ['names that are numbers', rows([[1]], [1]), 'data.names[0] is not what is asked for, allowed is a text'],
    ['a name twice', rows([[1, 2, 3]], ['a', 'a', 'b']), 'data.names has "a" twice'],
    ['a name too few', rows([[1, 2, 3]], ['a', 'b']), 'row 0: has 3 values, data.names has 2 names'],
    [
      'a row too short',
      rows([
        [1, 2, 3],
        [1, 2],
      ]),
      'row 1: "x" has 2 values, asked for are 3',
    ],
    ['a row with a text', rows([[1, 'b', 3]]), 'row 0: "x" is a string, allowed is a number that FP32 holds'],
    ['a row that is no list', rows([7]), 'row 0: "x" is not an array'],
    ['a tensor without values', { data: { tensor: { shape: [1, 3] } } }, 'data.tensor.values is not what'],
    ['a shape of texts', tensor(['1'], [1]), 'data.tensor.shape[0] is not what is asked for'],
    ['a shape without dimensions', tensor([], []), 'data.tensor.shape is empty'],
    ['a negative dimension', tensor([-1, 3], [1, 2, 3]), 'tensor "data.tensor" has a dimension of -1'],
    ['a shape that asks for more', tensor([2, 3], [1, 2, 3]), 'has 3 elements, its shape [2, 3] asks for 6'],
    ['an endless shape', tensor([1e9, 1e9], []), 'allowed are at most 2147483647 elements'],
    ['bytes that are no base64', { binData: 'a?' }, 'binData is not what is asked for, allowed is base64'],
    ['bytes too few', { binData: 'AAAA' }, 'tensor "x" has 3 bytes'],
    ['a text for numbers', { strData: 'abc' }, 'row 0: "x" is not an array'],
    ['JSON that is no rows', { jsonData: 7 }, 'the body is not what is asked for, allowed is a list of rows'],
    ['a column that is no input', rows([[1, 2]], ['i32', 'z']), 'row 0: "z" is not an input', 'kinds'],
    ['a column too few', rows([[1]], ['i32']), 'row 0: there is no value for "f32"', 'kinds'],
    ['JSON beside bytes', { jsonData: [], binData: 'AA==' }, 'the message has 2 of'],
    ['null for a whole number', { data: { ...kindsTable } }, 'row 1: "i64" is null', 'kinds'],
    ['a model that is not ready', rows([[1]]), 'version 1 of model "broken" is not ready', 'broken'],
  ])('with %s is refused', async (_, body, says, model) => {
    const { status, body: told } = await predict(body, model);
    expect(told['error']).toContain(says);
    expect(told['error']).not.toMatch(/\n|node_modules|\.ts\b|\bat \w+ \(/);
    expect(status).toBe(model === 'broken' ? 503 : 400);
  });

  it('is for the default model: a server without one says so', async () => {
    served.plane.defaultModel = null;
    expect(await served.ask(path, rows([[1, 2, 3]]))).toMatchObject({
      status: 404,
      body: { error: 'this server has no default model, ask /v2/models/{model}/predict' },
    });
    served.plane.defaultModel = 'double';
  });

  it('leaves no trace in the log, for none of it is a defect', () => {
    expect(served.log).toEqual([]);
  });
});
