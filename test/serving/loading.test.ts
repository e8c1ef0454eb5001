import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { endlessLoop, hugeAllocation, nestedIf, sequenceOutput } from '../domain/onnx/hostile-models.js';
import { answersOf, ask, numbers, put, servingRoom } from './serving-room.js';
import { addsTo, takesItsTime } from './small-models.js';

const { open, repositoryOf } = servingRoom();
const said = (name: string) =>
  JSON.stringify({
    inputs: [{ name, type: 'float32', shape: [-1, 1] }],
    outputs: [{ name: 'y', type: 'float32', shape: [-1, 1] }],
  });

test('files that may not be served are unavailable with the reason, and the others answer', async () => {
  const { plane } = await open({
    'good/1/model.onnx': addsTo(1),
    'good/1/interface.json': said('x'),
    'good/2/model.onnx': nestedIf(50),
    'good/notes/model.onnx': addsTo(9),
    'garbage/1/model.onnx': 'not a model',
    'loop/1/model.onnx': endlessLoop(),
    'vast/1/model.onnx': hugeAllocation(2n ** 30n),
    'sequence/1/model.onnx': sequenceOutput(),
    'other/1/model.onnx': addsTo(1),
    'other/1/interface.json': said('z'),
    'empty/1/readme.txt': '',
    '.hidden/1/model.onnx': addsTo(1),
  });
  const states = plane.versions().map((v) => `${v.model} ${v.version} ${v.state}: ${v.reason}`);
  expect(states).toEqual([
    'empty 1 UNAVAILABLE: model.onnx cannot be read: ENOENT',
    expect.stringMatching(/^garbage 1 UNAVAILABLE: .+/),
    expect.stringMatching(/^good 2 UNAVAILABLE: graphs are nested more than/),
    'good 1 READY: ',
    expect.stringMatching(/^loop 1 UNAVAILABLE: .*may never end/),
    'other 1 UNAVAILABLE: interface.json says "z" float32 [-1, 1] of inputs 1, the model says "x" float32 [-1, 1]',
    expect.stringMatching(/^sequence 1 UNAVAILABLE: output "y" is a sequence/),
    expect.stringMatching(/^vast 1 UNAVAILABLE: .*it took more than 600 MiB of memory/),
  ]);
  expect(await plane.infer(ask('good', numbers(1)))).toMatchObject({ version: '1' });
  await expect(plane.infer(ask('good', numbers(1), { version: '2' }))).rejects.toMatchObject({
    code: 'MODEL_NOT_READY',
    message: expect.stringMatching(/^version 2 of the model "good" is not ready: graphs are nested/),
  });
  for (const [model, version] of [
    ['none', null],
    ['good', '3'],
    ['notes', null],
  ] as const) {
    await expect(plane.infer(ask(model, numbers(1), { version }))).rejects.toMatchObject({
      code: 'MODEL_NOT_FOUND',
    });
  }
  expect([plane.isLive(), plane.isReady()]).toEqual([true, false]);
});

test('a default model that is not there is told at the start', async () => {
  await expect(open({ 'm/1/model.onnx': addsTo(1) }, { defaultModel: 'n' })).rejects.toMatchObject({
    code: 'MODEL_NOT_FOUND',
  });
  const { plane } = await open({ 'm/1/model.onnx': addsTo(1), 'n/1/model.onnx': addsTo(1) });
  expect(plane.defaultModel).toBeNull();
});

test('versions and files that are exchanged under load lose no request, and old ones answer until the new do', async () => {
  const { plane, repository } = await open({ 'm/1/model.onnx': addsTo(1) });
  let [isOver, asked] = [false, 0];
  const seen = new Set<string>();
  async function client(): Promise<void> {
    for (; !isOver; asked += 1) {
      const row = asked;
      const answer = await plane.infer(ask('m', numbers(row)));
      const added = Number(answersOf(answer)[0]) - row;
      seen.add(`${answer.version} adds ${added}`);
    }
  }
  const clients = [client(), client(), client(), client()];
  put(repository, { 'm/2/model.onnx': addsTo(2) });
  await plane.load('m');
  put(repository, { 'm/2/model.onnx': addsTo(3) });
  await plane.load('m');
  put(repository, { 'm/2/model.onnx': nestedIf(50) });
  await expect(plane.load('m')).rejects.toMatchObject({ code: 'MODEL_HOSTILE' });
  rmSync(join(repository, 'm/2'), { recursive: true });
  await plane.load('m');
  const before = asked;
  while (asked < before + 10) await new Promise((resolve) => setTimeout(resolve, 5));
  isOver = true;
  await Promise.all(clients);
  expect([...seen]).toEqual(['1 adds 1', '2 adds 2', '2 adds 3']);
  expect(plane.versions()).toMatchObject([{ model: 'm', version: '1', state: 'READY' }]);
  expect(plane.statistics('m')[0]?.fail.count).toBe(0);
});

test('what is under way when a model is unloaded is answered, what comes after is not, until it is loaded again', async () => {
  const { plane, repository } = await open({ 'm/1/model.onnx': takesItsTime(), 'n/1/model.onnx': addsTo(1) });
  const underWay = [1_000, 1, 2].map((n) => plane.infer(ask('m', numbers(n))));
  const unloading = plane.unload('m');
  await new Promise((resolve) => setImmediate(resolve));
  expect(plane.find('m', null).state).toBe('UNLOADING');
  await expect(plane.infer(ask('m', numbers(1)))).rejects.toMatchObject({ code: 'MODEL_NOT_READY' });
  expect((await Promise.all(underWay)).map(answersOf)).toEqual([[1_000], [1], [2]]);
  await unloading;
  expect(plane.find('m', '1')).toMatchObject({
    state: 'UNAVAILABLE',
    reason: 'it was unloaded',
    interface: null,
  });
  expect(plane.isReady()).toBe(true);
  await plane.load('m');
  expect(answersOf(await plane.infer(ask('m', numbers(5))))).toEqual([5]);
  rmSync(join(repository, 'm'), { recursive: true });
  await expect(plane.load('m')).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
  expect(plane.versions().map((v) => v.model)).toEqual(['n']);
  await expect(plane.unload('m')).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
});

test('a plane that is closed answers what it was asked, and nothing after', async () => {
  const { plane } = await open({ 'm/1/model.onnx': takesItsTime() });
  const underWay = plane.infer(ask('m', numbers(1_001)));
  const closing = plane.close();
  expect([plane.isReady(), plane.isLive()]).toEqual([false, true]);
  await expect(plane.infer(ask('m', numbers(1)))).rejects.toMatchObject({ code: 'MODEL_NOT_READY' });
  expect(answersOf(await underWay)).toEqual([1_001]);
  await expect(plane.load('m')).rejects.toMatchObject({ code: 'MODEL_NOT_READY' });
  await closing;
  expect(plane.isLive()).toBe(false);
});

test('a name that leads out of the repository is no model', async () => {
  const outside = repositoryOf({ 'm/1/model.onnx': addsTo(1) });
  const { plane } = await open({ 'n/1/model.onnx': addsTo(1) });
  for (const name of ['..', '.', '', `../${outside.split('/').pop()}/m`, 'n/1', `${outside}/m`]) {
    await expect(plane.load(name)).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
  }
});

const cudaLibrary =
  '../../node_modules/onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime_providers_cuda.so';
test.skipIf(existsSync(join(import.meta.dirname, cudaLibrary)))(
  'a GPU that is asked for and cannot be used ends the start, and no CPU takes its place',
  async () => {
    const opened = open({ 'm/1/model.onnx': addsTo(1) }, { executionProvider: 'cuda' });
    await expect(opened).rejects.toMatchObject({
      code: 'PART_MISSING',
      message: expect.stringMatching(/^RATCHET_SERVING_EXECUTION_PROVIDER is cuda, .*Failed to load/),
    });
  },
);
