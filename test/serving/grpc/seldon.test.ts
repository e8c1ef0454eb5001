import { join } from 'node:path';
import { credentials, loadPackageDefinition, type ServiceError, status } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FeedbackRow } from '../../../domain/ports/predictions.js';
import { type GrpcServer, serveGrpc } from '../../../serving/grpc/serve-grpc.js';
import { MemoryPlane } from '../memory-plane.js';
import type { Message } from './grpc-room.js';

const { INVALID_ARGUMENT, NOT_FOUND, UNAVAILABLE, UNIMPLEMENTED } = status;
const told: FeedbackRow[] = [];
/** It records: the ids of its predictions count up. */
const plane = new (class extends MemoryPlane {
  async takeFeedback(rows: readonly FeedbackRow[]) {
    told.push(...rows);
    return { accepted: rows.length, duplicate: 0, unknown: 0 };
  }
  override async infer(request: Parameters<MemoryPlane['infer']>[0]) {
    return { ...(await super.infer(request)), predictionId: `prediction ${this.asked.length}` };
  }
})();
const defects: unknown[] = [];
const opened: GrpcServer[] = [];
let client: Message;
let silent: Message;
beforeAll(async () => {
  client = await clientOf(plane);
  silent = await clientOf(new MemoryPlane());
});
afterAll(async () => {
  client.close();
  silent.close();
  await Promise.all(opened.map((server) => server.close()));
});

/** It knows the .proto file and nothing else of the server. */
async function clientOf(served: MemoryPlane): Promise<Message> {
  const onDefect = (error: unknown) => defects.push(error);
  const server = await serveGrpc(served, { host: '127.0.0.1', port: 0, onDefect });
  opened.push(server);
  const file = join(import.meta.dirname, '../../../serving/grpc/protos/seldon.proto');
  const { seldon } = loadPackageDefinition(
    loadSync(file, { keepCase: true, oneofs: true, enums: String }),
  ) as Message;
  return new seldon.protos.Seldon(`127.0.0.1:${server.port}`, credentials.createInsecure());
}

function call(method: string, message: object, of = client): Promise<Message> {
  return new Promise((resolve) =>
    of[method](message, (error: ServiceError | null, answer: Message) =>
      resolve(error === null ? answer : { code: error.code, details: error.details }),
    ),
  );
}

const number = (numberValue: number) => ({ numberValue });
const list = (...values: readonly object[]) => ({ listValue: { values } });
const rows = (...of: readonly (readonly number[])[]) => ({
  data: { ndarray: { values: of.map((row) => list(...row.map(number))) } },
});
const table = (shape: readonly number[], ...values: readonly number[]) => ({
  data: { tensor: { shape, values } },
});

async function predict(message: object, model: string | null = 'double'): Promise<Message> {
  plane.defaultModel = model;
  return await call('Predict', message);
}

describe("Seldon's Predict", () => {
  it('answers as it was asked: as ndarray, as tensor, as JSON, and the bytes of a row', async () => {
    const ndarray = await predict({ ...rows([1, 2, 3], [4, 5, 6]), meta: { tags: { a: list(number(1)) } } });
    expect(ndarray).toMatchObject({
      meta: { puid: 'prediction 1', requestPath: { double: '2' }, tags: { a: list(number(1)) } },
      data: { names: ['y:0', 'y:1', 'y:2'], ...rows([2, 4, 6], [8, 10, 12]).data },
    });
    const tensor = await predict(table([1, 3], 1, Number.NaN, 3e38));
    expect(tensor.data.tensor).toEqual({ shape: [1, 3], values: [2, Number.NaN, Number.POSITIVE_INFINITY] });
    const json = await predict({ jsonData: list(list(...[1, 2, 3].map(number))) });
    expect(json.jsonData).toMatchObject({
      structValue: { fields: { predictions: list(list(...[2, 4, 6].map(number))) } },
    });
    const bytes = await predict({ binData: Buffer.from(Float32Array.of(1, 2, 3).buffer) });
    expect(bytes.data).toMatchObject(rows([2, 4, 6]).data);
    expect(plane.asked.map(({ model }) => model)).toEqual(Array(4).fill('double'));
  });

  it('knows every kind of value by the names of inputs', async () => {
    const values = [
      list(number(1), number(2)),
      { nullValue: 'NULL_VALUE' },
      number(7),
      number(-7),
      { boolValue: false },
      { stringValue: '' },
    ];
    const names = ['f32', 'f64', 'i64', 'i32', 'flag', 'text'];
    const { data } = await predict({ data: { names, ndarray: { values: [list(...values)] } } }, 'kinds');
    expect(data.names).toEqual(['out_f32:0', 'out_f32:1', ...names.slice(1).map((name) => `out_${name}`)]);
    const [row] = data.ndarray.values;
    expect(row.listValue.values).toMatchObject([number(1), number(2), ...values.slice(1)]);
  });

  it.each<[string, object, string | null, status, string]>([
    ['nothing', {}, 'double', INVALID_ARGUMENT, 'the message has none of data.ndarray'],
    ['data without rows', { data: { names: ['a'] } }, 'double', INVALID_ARGUMENT, 'the message has none of'],
    ['a row too short', rows([1, 2]), 'double', INVALID_ARGUMENT, 'row 0: "x" has 2 values, asked for are 3'],
    [
      'a row of texts',
      { data: { ndarray: { values: [list({ stringValue: 'a' }, number(1), number(2))] } } },
      'double',
      INVALID_ARGUMENT,
      'row 0: "x" is a string',
    ],
    [
      'a shape of more',
      table([2, 3], 1),
      'double',
      INVALID_ARGUMENT,
      'has 1 elements, its shape [2, 3] asks for 6',
    ],
    ['a shape of none', table([], 1), 'double', INVALID_ARGUMENT, 'data.tensor.shape is empty'],
    ['a negative shape', table([-1], 1), 'double', INVALID_ARGUMENT, 'has a dimension of -1'],
    ['bytes too few', { binData: Buffer.alloc(3) }, 'double', INVALID_ARGUMENT, 'tensor "x" has 3 bytes'],
    ['a text', { strData: 'a' }, 'double', INVALID_ARGUMENT, 'row 0: "x" is not an array'],
    [
      'half a whole number',
      rows([0.5]),
      'pick',
      INVALID_ARGUMENT,
      'row 0: "i" is 0.5, allowed is a whole number',
    ],
    [
      'infinity as ndarray',
      rows([3e38, 1, 2]),
      'double',
      INVALID_ARGUMENT,
      'output "y" is infinite for these rows',
    ],
    ['infinity', rows([Infinity, 1, 2]), 'double', INVALID_ARGUMENT, 'row 0: "x" is Infinity'],
    ['a model that is not ready', rows([1]), 'broken', UNAVAILABLE, 'is not ready'],
    ['no default model', rows([1]), null, NOT_FOUND, 'this server has no default model'],
  ])('refuses %s', async (_, message, model, code, details) => {
    expect(await predict(message, model)).toEqual({ code, details: expect.stringContaining(details) });
  });

  it('refuses to answer with a number that a double does not hold', async () => {
    const row = {
      structValue: {
        fields: {
          f32: list(number(1), number(2)),
          f64: number(1),
          i64: number(2 ** 60),
          i32: number(1),
          flag: { boolValue: true },
          text: { stringValue: 'a' },
        },
      },
    };
    const answer = await predict({ jsonData: list(row) }, 'kinds');
    expect(answer).toEqual({ code: INVALID_ARGUMENT, details: expect.stringContaining('"i64"') });
  });

  it('told nobody of a defect', () => {
    expect(defects).toEqual([]);
  });
});

describe("Seldon's SendFeedback", () => {
  const send = async (message: object) => {
    plane.defaultModel = 'double';
    told.length = 0;
    return await call('SendFeedback', message);
  };

  it('is of the prediction that is named, with a reward of zero where nothing else is told', async () => {
    const { meta, jsonData } = await send({
      response: { meta: { puid: 'p-1' } },
      truth: table([2, 1], 1, 0),
    });
    expect(meta.puid).toBe('p-1');
    expect(jsonData.structValue.fields).toMatchObject({
      accepted: number(2),
      duplicate: number(0),
      unknown: number(0),
    });
    expect(told).toMatchObject([
      { predictionId: 'p-1', row: 0, truth: '1', reward: null },
      { predictionId: 'p-1', row: 1, truth: '0', reward: null },
    ]);
    await send({ response: { meta: { puid: 'p-1' } } });
    expect(told).toMatchObject([{ row: 0, truth: null, reward: 0 }]);
  });

  it('without an id is of a prediction that is made again of the request', async () => {
    const before = plane.asked.length;
    const { meta } = await send({ request: rows([1, 2, 3]), truth: rows([1]), reward: 0.5 });
    expect(plane.asked.slice(before)).toMatchObject([{ model: 'double', forFeedback: true }]);
    expect(told).toMatchObject([{ predictionId: meta.puid, row: 0, truth: '1', reward: 0.5 }]);
  });

  it.each<[string, object, string]>([
    ['of nothing', { reward: 1 }, 'response.meta.puid is not what is asked for'],
    [
      'of more rows than the request has',
      { request: rows([1, 2, 3]), truth: rows([1], [2]) },
      'feedback tells of row 1, its request has 1 rows',
    ],
    ['of a request that does not fit', { request: rows([1]), truth: rows([1]) }, 'row 0: "x" has 1 values'],
    [
      'that is bytes',
      { response: { meta: { puid: 'p' } }, truth: { binData: Buffer.alloc(1) } },
      'truth is bytes',
    ],
  ])('%s is refused, and nothing is asked', async (_, message, details) => {
    const before = plane.asked.length;
    expect(await send(message)).toEqual({
      code: INVALID_ARGUMENT,
      details: expect.stringContaining(details),
    });
    expect([plane.asked.length, told]).toEqual([before, []]);
  });

  it('is not there where nothing is recorded', async () => {
    expect((await call('SendFeedback', { reward: 1 }, silent)).code).toBe(UNIMPLEMENTED);
  });
});
