import { expect, test } from 'vitest';
import { answersOf, ask, numbers, servingRoom } from './serving-room.js';
import { addsTo, addsTwo, echoesText, leansOnMates, looksUp } from './small-models.js';

const { open } = servingRoom();

test('a request is answered by the highest version, and by the one that is asked for', async () => {
  const { plane } = await open({ 'm/2/model.onnx': addsTo(2), 'm/10/model.onnx': addsTo(10) });
  const newest = await plane.infer(ask('m', numbers(1, 2)));
  expect(newest).toMatchObject({ model: 'm', version: '10' });
  expect(newest.outputs).toEqual([
    { name: 'y', type: 'float32', dims: [2, 1], data: Float32Array.of(11, 12) },
  ]);
  expect(answersOf(await plane.infer(ask('m', numbers(1), { version: '2' })))).toEqual([3]);
  expect(plane.defaultModel).toBe('m');
  expect(plane.isReady()).toBe(true);
});

test('64 rows that come at once become few batches, and each gets its own answer', async () => {
  const { plane } = await open({ 'm/1/model.onnx': addsTo(0.5) });
  const rows = Array.from({ length: 64 }, (_, i) => i);
  const answers = await Promise.all(rows.map((row) => plane.infer(ask('m', numbers(row)))));
  expect(answers.map((a) => answersOf(a)[0])).toEqual(rows.map((row) => row + 0.5));
  const [statistics] = plane.statistics('m');
  expect(statistics).toMatchObject({
    rows: 64,
    success: { count: 64 },
    queue: { count: 64 },
    fail: { count: 0 },
  });
  expect(statistics?.batches).toBeLessThanOrEqual(4);
  const bySize = [...(statistics?.batchSizes ?? [])].map(([size, { count }]) => size * count);
  expect(bySize.reduce((a, b) => a + b, 0)).toBe(64);
});

test('a batch has at most as many rows as it may, and a larger request runs alone', async () => {
  const { plane } = await open({ 'm/1/model.onnx': addsTo(1) }, { mostBatchRows: 4 });
  const sizes = [1, 3, 2, 9, 1, 4];
  const answers = await Promise.all(sizes.map((n) => plane.infer(ask('m', numbers(...Array(n).fill(n))))));
  expect(answers.map(answersOf)).toEqual(sizes.map((n) => Array(n).fill(n + 1)));
  const [statistics] = plane.statistics('m', '1');
  expect(Object.fromEntries(statistics?.batchSizes ?? [])).toMatchObject({ 9: { count: 1 } });
  expect([...(statistics?.batchSizes.keys() ?? [])].filter((size) => size > 4)).toEqual([9]);
});

test('10,000 rows and no rows at all are answered', async () => {
  const { plane } = await open({ 'm/1/model.onnx': addsTo(1) });
  const rows = Array.from({ length: 10_000 }, (_, i) => i);
  expect(answersOf(await plane.infer(ask('m', numbers(...rows))))).toEqual(rows.map((r) => r + 1));
  const none = await plane.infer(ask('m', numbers()));
  expect(none.outputs).toEqual([{ name: 'y', type: 'float32', dims: [0, 1], data: new Float32Array() }]);
});

test('inputs come in any order, outputs as they are wanted, and widths do not mix', async () => {
  const { plane } = await open({ 'm/1/model.onnx': addsTwo() });
  const request = (width: number, outputs: readonly string[]) => {
    const of = (name: string, n: number) =>
      ({ name, type: 'float32', dims: [1, width], data: new Float32Array(width).fill(n) }) as const;
    return plane.infer({ model: 'm', version: null, inputs: [of('z', 1), of('x', width)], outputs });
  };
  const [a, b, c] = await Promise.all([request(2, []), request(3, ['d']), request(2, ['d', 'y'])]);
  expect(a?.outputs.map((o) => [o.name, ...o.data])).toEqual([
    ['y', 3, 3],
    ['d', 1, 1],
  ]);
  expect(b?.outputs.map((o) => [o.name, ...o.data])).toEqual([['d', 2, 2, 2]]);
  expect(c?.outputs.map((o) => [o.name, ...o.data])).toEqual([
    ['d', 1, 1],
    ['y', 3, 3],
  ]);
});

test('texts share batches like numbers', async () => {
  const { plane } = await open({ 'm/1/model.onnx': echoesText() });
  const words = ['a', '', 'ü', 'long '.repeat(50)];
  const answers = await Promise.all(
    words.map((word) => plane.infer(ask('m', { name: 'x', type: 'string', dims: [1, 1], data: [word] }))),
  );
  expect(answers.map(answersOf)).toEqual(words.map((word) => [word]));
});

test('requests to a model whose rows look at each other never share a batch', async () => {
  const { plane } = await open({ 'm/1/model.onnx': leansOnMates() });
  const answers = await Promise.all([1, 2, 3].map((n) => plane.infer(ask('m', numbers(n, n + 2)))));
  expect(answers.map(answersOf)).toEqual([
    [-1, 1],
    [-1, 1],
    [-1, 1],
  ]);
});

test('a row that the model fails on fails alone, its mates are answered', async () => {
  const { plane } = await open({ 'm/1/model.onnx': looksUp([10, 20, 30]) });
  const places = [0, 1, 2, 9, 0, 9, 1];
  const asked = places.map((place) =>
    plane.infer(ask('m', { name: 'x', type: 'int64', dims: [1, 1], data: BigInt64Array.of(BigInt(place)) })),
  );
  const answers = await Promise.allSettled(asked);
  const told = answers.map((a) => (a.status === 'fulfilled' ? answersOf(a.value)[0] : a.reason.code));
  expect(told).toEqual([10n, 20n, 30n, 'MODEL_RUN', 10n, 'MODEL_RUN', 20n]);
  expect(plane.statistics()[0]).toMatchObject({ success: { count: 5 }, fail: { count: 2 } });
  const [error] = answers.flatMap((a) => (a.status === 'rejected' ? [a.reason.message] : []));
  expect(error).toMatch(/^the model could not answer: .*Gather/);
});
