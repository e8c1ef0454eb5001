import { expect, test } from 'vitest';
import { openModel } from '../../inference/model-host.js';
import { keepSpareHost } from '../../inference/spare-host.js';
import { fixturePath, fixtureRows } from '../domain/onnx/fixtures.js';
import { hostProcessesOf, until } from './processes.js';

const limits = { deadlineMs: 20_000, memoryBytes: 600 * 2 ** 20 };
const hosts = () => hostProcessesOf(process.pid);

test('a spare is taken, replaced once it has ended, and ended on closing', async () => {
  const spares = keepSpareHost();
  await until(() => hosts().length === 1);
  const [first] = hosts();
  const model = await openModel(fixturePath('kmeans'), limits, spares.take);
  expect(hosts()).toEqual([first]);
  expect((await model.run(fixtureRows('kmeans').columns)).get('label')?.dims).toEqual([60]);
  await model.close();
  await until(() => hosts().length === 1 && hosts()[0] !== first);
  await spares.close();
  expect(hosts()).toEqual([]);
});

test('models open side by side have a process each', async () => {
  const spares = keepSpareHost();
  const open = () => openModel(fixturePath('kmeans'), limits, spares.take);
  const models = await Promise.all([open(), open()]);
  expect(hosts()).toHaveLength(2);
  await spares.close();
  await Promise.all(models.map((m) => m.close()));
  expect(hosts()).toEqual([]);
});

test('a spare that died is replaced by a fresh process', async () => {
  const spares = keepSpareHost();
  await until(() => hosts().length === 1);
  for (const pid of hosts()) process.kill(pid, 'SIGKILL');
  await until(() => hosts().length === 0);
  const model = await openModel(fixturePath('kmeans'), limits, spares.take);
  expect((await model.run(fixtureRows('kmeans').columns)).size).toBe(2);
  await spares.close();
  await model.close();
  expect(hosts()).toEqual([]);
});
