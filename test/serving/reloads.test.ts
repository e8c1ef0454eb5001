import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { modelMetrics } from '../../serving/metrics/model-metrics.js';
import { answersOf, ask, numbers, put, servingRoom } from './serving-room.js';
import { addsTo } from './small-models.js';

const { open } = servingRoom();
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const threads = () => readdirSync('/proc/self/task').length;

test('of versions that were replaced nothing is left: no thread, no series, and nothing in memory', async () => {
  const { plane, repository } = await open({ 'm/1/model.onnx': addsTo(1) });
  const registry = new Registry();
  modelMetrics(registry, plane);
  const left: WeakRef<object>[] = [];
  let before = 0;
  for (let version = 2; version <= 7; version += 1) {
    left.push(new WeakRef(plane.find('m', null).interface ?? {}));
    put(repository, { [`m/${version}/model.onnx`]: addsTo(version) });
    rmSync(join(repository, 'm', String(version - 1)), { recursive: true });
    await plane.load('m');
    expect(answersOf(await plane.infer(ask('m', numbers(1, 2))))).toEqual([1 + version, 2 + version]);
    // Those of the runtime itself come with the first loads.
    if (version === 3) before = threads();
  }
  const series = (await registry.metrics())
    .split('\n')
    .filter((line) => line.startsWith('nv_inference_count'));
  expect(series).toEqual(['nv_inference_count{model="m",version="7"} 2']);
  await expect
    .poll(() => {
      collectGarbage();
      return left.filter((of) => of.deref() !== undefined);
    })
    .toEqual([]);
  await expect.poll(threads).toBeLessThanOrEqual(before);
});
