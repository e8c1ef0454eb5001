import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type GrpcRoom, openGrpcRoom } from './grpc-room.js';

let room: GrpcRoom;
beforeAll(async () => {
  room = await openGrpcRoom();
});
afterAll(() => room.close());

test('the server says that it lives, and whether it is ready', async () => {
  expect((await room.call('ServerLive')).answer).toEqual({ live: true });
  expect((await room.call('ServerReady')).answer).toEqual({ ready: true });
  room.plane.ready = false;
  expect((await room.call('ServerReady')).answer).toEqual({ ready: false });
  expect((await room.call('ServerLive')).answer).toEqual({ live: true });
  room.plane.ready = true;
});

test('the server names itself, the version of its package and what it speaks', async () => {
  const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
  expect((await room.call('ServerMetadata')).answer).toEqual({
    name: 'ratchet',
    version,
    extensions: ['model_repository', 'parameters', 'schedule_policy', 'statistics'],
  });
});

test.each([
  ['echo', '', true],
  ['echo', '1', true],
  ['loading', '', false],
  ['hostile', '1', false],
])('model %s version "%s" is ready: %s', async (name, version, ready) => {
  expect((await room.call('ModelReady', { name, version })).answer).toEqual({ ready });
});

test('a model tells its versions, inputs and outputs', async () => {
  const { answer } = await room.call('ModelMetadata', { name: 'echo' });
  expect(answer).toMatchObject({ name: 'echo', versions: ['1', '2'], platform: 'onnx_onnxv1' });
  const tensors = [
    ['a_float32', 'FP32'],
    ['a_float64', 'FP64'],
    ['a_int64', 'INT64'],
    ['a_int32', 'INT32'],
    ['a_string', 'BYTES'],
    ['a_bool', 'BOOL'],
    ['a_float16', 'FP16'],
    ['a_int8', 'INT8'],
    ['a_int16', 'INT16'],
    ['a_uint8', 'UINT8'],
    ['a_uint16', 'UINT16'],
    ['a_uint32', 'UINT32'],
    ['a_uint64', 'UINT64'],
  ].map(([name, datatype]) => ({ name, datatype, shape: ['-1', '-1'] }));
  expect(answer.properties).toEqual({ execution_provider: 'cpu' });
  expect(answer.inputs).toEqual(tensors);
  expect(answer.outputs).toEqual(tensors);
});

test('the index has every version with its state, or those that are ready', async () => {
  const all = await room.call('RepositoryIndex');
  expect(all.answer.models).toContainEqual({
    name: 'hostile',
    version: '1',
    state: 'UNAVAILABLE',
    reason: 'its structure is not allowed',
  });
  const ready = await room.call('RepositoryIndex', { ready: true });
  expect(ready.answer.models).toHaveLength(all.answer.models.length - 2);
  expect(new Set(ready.answer.models.map(({ state }: { state: string }) => state))).toEqual(
    new Set(['READY']),
  );
});

test('a model is loaded and unloaded, with the parameter that stock clients send', async () => {
  const parameters = { unload_dependents: { bool_param: false } };
  expect((await room.call('RepositoryModelLoad', { model_name: 'echo' })).answer).toEqual({});
  expect((await room.call('RepositoryModelUnload', { model_name: 'echo', parameters })).answer).toEqual({});
  expect(room.plane.calls).toEqual(['load echo', 'unload echo']);
});

test('statistics count rows and batches, of one version or of all', async () => {
  const one = await room.call('ModelStatistics', { name: 'echo', version: '2' });
  expect(one.answer.model_stats).toEqual([
    {
      name: 'echo',
      version: '2',
      last_inference: '1700000000000',
      inference_count: '12',
      execution_count: '3',
      inference_stats: {
        success: { count: '5', ns: '5000' },
        fail: { count: '1', ns: '70' },
        queue: { count: '6', ns: '600' },
        compute_infer: { count: '3', ns: '3000' },
        compute_input: null,
        compute_output: null,
        cache_hit: null,
        cache_miss: null,
      },
      batch_stats: [
        {
          batch_size: '4',
          compute_infer: { count: '3', ns: '3000' },
          compute_input: null,
          compute_output: null,
        },
      ],
    },
  ]);
  expect((await room.call('ModelStatistics')).answer.model_stats).toHaveLength(2);
  expect((await room.call('ModelStatistics', { name: 'echo' })).answer.model_stats).toHaveLength(2);
});
