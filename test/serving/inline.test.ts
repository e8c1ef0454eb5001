import { expect, test } from 'vitest';
import { isFixedCost } from '../../domain/onnx/fixed-cost.js';
import { scanStructure } from '../../domain/onnx/scan-structure.js';
import { fixtureBytes } from '../domain/onnx/fixtures.js';
import { answersOf, ask, numbers, servingRoom } from './serving-room.js';
import { addsTo, addsTwo, takesItsTime } from './small-models.js';

const { open } = servingRoom();

test('a quick model answers a lone row on the thread that reads, and is the same as on its own', async () => {
  const { plane } = await open({ 'm/1/model.onnx': addsTo(0.1) });
  for (const row of [1, 2, 3]) {
    expect(answersOf(await plane.infer(ask('m', numbers(row))))).toEqual([
      Math.fround(row + Math.fround(0.1)),
    ]);
  }
  expect(plane.statistics('m')[0]).toMatchObject({ inline: 3, batches: 3, success: { count: 3 } });
  const rows = Array.from({ length: 100 }, (_, row) => row);
  expect(answersOf(await plane.infer(ask('m', numbers(...rows))))).toEqual(
    rows.map((row) => Math.fround(row + Math.fround(0.1))),
  );
  expect(plane.statistics('m')[0]).toMatchObject({ inline: 3, batches: 4 });
});

test('a model whose work depends on what it reads never runs there, however quick it was measured', async () => {
  const { plane } = await open({ 'm/1/model.onnx': takesItsTime(), 'wide/1/model.onnx': addsTwo() });
  expect(answersOf(await plane.infer(ask('m', numbers(1))))).toEqual([1]);
  const z = { ...numbers(1), name: 'z' };
  await plane.infer({ model: 'wide', version: null, inputs: [numbers(1), z], outputs: [] });
  expect(plane.statistics()).toMatchObject([{ inline: 0 }, { inline: 0 }]);
});

test('linear models and trees are as much work for every row, products of a width that is read are not', () => {
  const isFixed = (bytes: Uint8Array) => {
    const verdict = scanStructure(bytes);
    if (!verdict.ok) throw new Error('the model is not sound');
    return isFixedCost(verdict.summary);
  };
  expect(
    [addsTo(1), fixtureBytes('logistic'), fixtureBytes('boosting'), takesItsTime()].map(isFixed),
  ).toEqual([true, true, true, false]);
});
