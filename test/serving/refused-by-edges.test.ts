import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { serveGrpc } from '../../serving/grpc/serve-grpc.js';
import { compileRoutes } from '../../serving/http/route-table.js';
import { routes } from '../../serving/http/routes.js';
import { serveHttp } from '../../serving/http/serve-http.js';
import { TrafficTallies } from '../../serving/record/traffic-tallies.js';
import { type Message, openClients } from './grpc/grpc-room.js';
import { servingRoom } from './serving-room.js';
import { addsTo } from './small-models.js';

const room = servingRoom();
const address = { host: '127.0.0.1', port: 0, drainMs: 1000 };
const close: (() => Promise<void> | void)[] = [];
let meter: TrafficTallies;
let base: string;
let clients: ReturnType<typeof openClients>;

beforeEach(async () => {
  meter = new TrafficTallies();
  const { plane } = await room.open({ 'adds/1/model.onnx': addsTo(1) }, { meter });
  const observer = { began: () => undefined, ended: () => undefined };
  const parts = { plane, find: compileRoutes(routes), mostBodyBytes: 1000, observer };
  const http = await serveHttp({ ...parts, log: pino({ level: 'silent' }) }, address);
  const grpc = await serveGrpc(plane, { ...address, onDefect: () => undefined });
  base = `http://127.0.0.1:${http.port}`;
  clients = openClients(grpc.port);
  close.push(
    clients.close,
    () => grpc.close(),
    () => http.close(),
  );
});
afterEach(async () => {
  for (const one of close.splice(0)) await one();
});

const post = async (path: string, body: string, type = 'application/json') => {
  const response = await fetch(base + path, { method: 'POST', body, headers: { 'content-type': type } });
  await response.text();
  return response.status;
};
const counted = () =>
  meter.take().map(({ version, answered, refused, failed }) => ({ version, answered, refused, failed }));
const once = [{ version: '1', answered: 0, refused: 1, failed: 0 }];

test.each([
  ['what is no JSON', '/v2/models/adds/infer', '{'],
  ['a body that is too long', '/v2/models/adds/infer', `"${'x'.repeat(2000)}"`],
  ['a cell that is no number', '/predict', '[{"x":"many"}]'],
  ['rows that are none', '/v1/models/adds:predict', '{"instances":3}'],
  ['a message of Seldon without rows', '/api/v1.0/predictions', '{}'],
  ['a tensor that the model has not', '/v2/models/adds/versions/1/infer', '{"inputs":[]}'],
])('%s counts once as refused', async (_, path, body) => {
  expect(await post(path, body)).toBeGreaterThanOrEqual(400);
  expect(counted()).toEqual(once);
});

test('a line that cannot be read counts once as refused, and those beside it as answered', async () => {
  expect(await post('/predict', '{"x":1}\n{"x":\n', 'application/x-ndjson')).toBe(200);
  expect(counted()).toEqual([{ version: '1', answered: 1, refused: 1, failed: 0 }]);
});

test.each([
  ['ModelInfer', { model_name: 'adds', inputs: [{ name: 'x', datatype: 'FP99', shape: [1, 1] }] }],
  ['ModelInfer', { model_name: 'adds', inputs: [] }],
])('a message of %s that is none counts once as refused', async (method, message) => {
  const error: Message = await new Promise((resolve) => clients.infer[method](message, resolve));
  expect(error.code).toBe(3);
  expect(counted()).toEqual(once);
});

test.each([
  ['to a model that is not here', '/v2/models/none/infer', '{'],
  ['to a version that is not here', '/v2/models/adds/versions/9/infer', '{'],
  ['of feedback', '/v2/models/adds/feedback', '{'],
])('what cannot be read counts for no version where it came %s', async (_, path, body) => {
  expect(await post(path, body)).toBeGreaterThanOrEqual(400);
  expect(counted()).toEqual([]);
});
