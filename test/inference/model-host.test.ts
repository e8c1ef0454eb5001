import { afterEach, expect, test } from 'vitest';
import { compareLabels, compareNumbers } from '../../domain/lineage/parity.js';
import { numbersOf } from '../../inference/codec/decode.js';
import { type OpenModel, openModel } from '../../inference/model-host.js';
import { type FixtureName, fixturePath, fixtureRows } from '../domain/onnx/fixtures.js';
import { endlessLoop, externalData, hugeAllocation, nestedIf } from '../domain/onnx/hostile-models.js';
import { BOOL, graph, INT64, model, node, STRING, value } from '../domain/onnx/onnx-writer.js';
import { modelFiles } from './model-files.js';
import { hostProcessesOf, until } from './processes.js';

const limits = { deadlineMs: 20_000, memoryBytes: 600 * 2 ** 20 };
const fileOf = modelFiles();
const opened: OpenModel[] = [];

async function open(path: string, deadlineMs = limits.deadlineMs): Promise<OpenModel> {
  const it = await openModel(path, { ...limits, deadlineMs });
  opened.push(it);
  return it;
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((m) => m.close()));
  expect(hostProcessesOf(process.pid)).toEqual([]);
});

const probabilities: readonly FixtureName[] = ['logistic', 'boosting'];
test.each(probabilities)('the file "%s" answers as scikit-learn does', async (name) => {
  const { columns, expected } = fixtureRows(name);
  const answers = await (await open(fixturePath(name))).run(columns);
  const probability = answers.get('probabilities');
  const label = answers.get('label');
  if (probability === undefined || label === undefined) throw new Error('an output is missing');
  expect(compareNumbers(expected['probabilities'] ?? [], numbersOf(probability, 1)).verdict).toBe('pass');
  expect(compareLabels(expected['label'] ?? [], label.data as BigInt64Array).verdict).toBe('pass');
});

test('a conversion that is silently wrong is told by parity', async () => {
  const { columns, expected } = fixtureRows('boosting-wrong');
  const answers = await (await open(fixturePath('boosting-wrong'))).run(columns);
  const probability = answers.get('probabilities');
  if (probability === undefined) throw new Error('an output is missing');
  const parity = compareNumbers(expected['probabilities'] ?? [], numbersOf(probability, 1));
  expect(parity).toMatchObject({ verdict: 'fail', rows: 60 });
  expect(parity.maxDifference).toBeGreaterThan(0.2);
  expect(parity.worst).toHaveLength(5);
});

const others: readonly (readonly [FixtureName, string])[] = [
  ['regression', 'variable'],
  ['isolation-forest', 'scores'],
  ['kmeans', 'label'],
];
test.each(others)('the file "%s" answers as scikit-learn does with %s', async (name, output) => {
  const { columns, expected } = fixtureRows(name);
  const answers = await (await open(fixturePath(name))).run(columns, { outputs: [output] });
  expect([...answers.keys()]).toEqual([output]);
  const told = answers.get(output);
  if (told === undefined) throw new Error('the output is missing');
  expect(compareNumbers(expected[output] ?? [], numbersOf(told)).verdict).toBe('pass');
});

test('batches of any size give the same answers in the order of the rows, but for float rounding', async () => {
  const it = await open(fixturePath('logistic'));
  const { columns } = fixtureRows('logistic');
  const whole = await it.run(columns);
  for (const batchRows of [1, 7, 59, 60, 61]) {
    const batched = await it.run(columns, { batchRows });
    expect(batched.get('label')).toEqual(whole.get('label'));
    expect(batched.get('probabilities')?.dims).toEqual([60, 2]);
    const [a, b] = [whole, batched].map((m) => m.get('probabilities')?.data as Float32Array);
    expect(compareNumbers(a ?? [], b ?? [], { absolute: 1e-6 }).verdict).toBe('pass');
  }
});

test('a wide input takes its columns in the order the caller gives', async () => {
  const it = await open(fixturePath('regression'));
  const { columns } = fixtureRows('regression');
  const shuffled = Object.fromEntries(Object.entries(columns).reverse());
  const given = await it.run(shuffled, { order: ['distance', 'hour', 'wind'] });
  expect(given).toEqual(await it.run(columns));
  expect(await it.run(shuffled)).not.toEqual(given);
});

test('calls at the same time queue and each gets its own answers', async () => {
  const it = await open(fixturePath('logistic'));
  const { columns } = fixtureRows('logistic');
  const first = Object.fromEntries(Object.entries(columns).map(([k, v]) => [k, v.slice(0, 20)]));
  const [a, b, c] = await Promise.all([it.run(columns), it.run(first), it.run(columns)]);
  expect(a).toEqual(c);
  expect(b?.get('label')?.dims).toEqual([20]);
});

const types: readonly (readonly [string, number, readonly (string | bigint | boolean)[], unknown])[] = [
  ['int64', INT64, [1n, -(2n ** 63n)], BigInt64Array.of(1n, -(2n ** 63n))],
  ['bool', BOOL, [true, false], Uint8Array.of(1, 0)],
  ['string', STRING, ['a', 'ü'], ['a', 'ü']],
];
test.each(types)('values of type %s go there and back', async (_name, type, values, expected) => {
  const g = graph({
    nodes: [node('Identity', ['x'], ['y'])],
    inputs: [value('x', type)],
    outputs: [value('y', type)],
  });
  const answers = await (await open(fileOf(model({ graph: g })))).run({ x: values });
  expect(answers.get('y')?.data).toEqual(expected);
});

test('a model that answers once for all rows is refused', async () => {
  const g = graph({ nodes: [node('ReduceSum', ['x'], ['y'])] });
  const it = await open(fileOf(model({ graph: g })));
  await expect(it.run({ x: [1, 2, 3] })).rejects.toMatchObject({
    code: 'MODEL_RUN',
    message: 'output "y" has shape [1, 1] for 3 rows, its first dimension must be the rows',
  });
});

test('an endless loop is killed at the deadline and stays dead', async () => {
  const it = await open(fileOf(endlessLoop()), 2000);
  const timeout = { code: 'MODEL_TIMEOUT', message: 'the model did not answer within 2000 ms' };
  await expect(it.run({ x: [1] })).rejects.toMatchObject(timeout);
  await expect(it.run({ x: [1] })).rejects.toMatchObject(timeout);
  expect(hostProcessesOf(process.pid)).toEqual([]);
});

test('a model that allocates 274 GB fails cleanly and can go on', async () => {
  const it = await open(fileOf(hugeAllocation(2n ** 36n)));
  for (let again = 0; again < 2; again += 1) {
    await expect(it.run({ x: [1] })).rejects.toMatchObject({
      code: 'MODEL_RUN',
      message: expect.stringContaining('ailed to allocate memory'),
    });
  }
});

test('a model that fills memory is ended at its limit', async () => {
  const it = await open(fileOf(hugeAllocation(2n ** 30n)));
  await expect(it.run({ x: [1] })).rejects.toMatchObject({
    code: 'MODEL_RUN',
    message: 'the model could not answer: it took more than 600 MiB of memory',
  });
});

test('closing ends a run that goes on', async () => {
  const it = await open(fileOf(endlessLoop()));
  const run = it.run({ x: [1] });
  const refused = expect(run).rejects.toMatchObject({
    code: 'MODEL_RUN',
    message: 'the model could not answer: it was closed',
  });
  await until(() => hostProcessesOf(process.pid).length === 1);
  await it.close();
  await refused;
});

test('a crash of the process is an error of the run, with its signal', async () => {
  const it = await open(fileOf(endlessLoop()));
  const refused = expect(it.run({ x: [1] })).rejects.toMatchObject({
    code: 'MODEL_RUN',
    message: 'the model could not answer: its process ended with SIGSEGV',
  });
  for (const pid of hostProcessesOf(process.pid)) process.kill(pid, 'SIGSEGV');
  await refused;
});

test('a process that somebody killed says nothing of the model', async () => {
  const it = await open(fileOf(endlessLoop()));
  const killed = expect(it.run({ x: [1] })).rejects.toMatchObject({
    code: 'MODEL_KILLED',
    message: 'the model could not answer: its process ended with SIGKILL',
  });
  for (const pid of hostProcessesOf(process.pid)) process.kill(pid, 'SIGKILL');
  await killed;
});

const unloadable: readonly (readonly [string, Uint8Array])[] = [
  ['an operator nobody knows', model({ graph: graph({ nodes: [node('Explode', ['x'], ['y'])] }) })],
  [
    'a custom domain',
    model({ graph: graph({ nodes: [node('Conv', ['x'], ['y'], { domain: 'com.evil' })] }) }),
  ],
  ['data outside the file', externalData('../../etc/passwd')],
  ['data at an absolute path', externalData('/etc/passwd')],
  ['an opset to come', model({ imports: [['', 99]] })],
];
test.each(unloadable)('a file with %s, not scanned before, fails in its process', async (_what, bytes) => {
  const error = await open(fileOf(bytes)).then(
    () => null,
    (e: unknown) => e,
  );
  expect(error).toMatchObject({
    code: 'MODEL_LOAD',
    message: expect.stringMatching(/^the model could not be loaded: .+/),
  });
  expect(String(error)).not.toMatch(/[\n]|onnxruntime_src|\/tmp|\.cc:/);
});

test('a graph nested beyond the limit is refused before a process starts', async () => {
  await expect(open(fileOf(nestedIf(20)))).rejects.toMatchObject({ code: 'MODEL_HOSTILE' });
});

test('a file that is not there is an error of loading that does not tell its path', async () => {
  await expect(open('/nowhere/model.onnx')).rejects.toMatchObject({
    code: 'MODEL_LOAD',
    message: 'the model file cannot be read',
  });
});

const misfits: readonly (readonly [string, Parameters<OpenModel['run']>])[] = [
  ['there is no column for the input "wind"', [{ distance: [1], hour: [1], carrier: ['AA'] }]],
  [
    'the model does not read the column "tail"',
    [{ distance: [1], hour: [1], wind: [1], carrier: ['AA'], tail: ['x'] }],
  ],
  ['column "hour" has a string in row 0', [{ distance: [1], hour: ['x'], wind: [1], carrier: ['AA'] }]],
  ['column "carrier" has 3 in row 0', [{ distance: [1], hour: [1], wind: [1], carrier: [3] }]],
  ['column "hour" has 2 rows', [{ distance: [1], hour: [1, 2], wind: [1], carrier: ['AA'] }]],
  ['there are no rows', [{ distance: [], hour: [], wind: [], carrier: [] }]],
  ['the model has no output "score"', [fixtureRows('logistic').columns, { outputs: ['score'] }]],
];
test('columns that do not fit are refused and the model can go on', async () => {
  const it = await open(fixturePath('logistic'));
  for (const [words, args] of misfits) {
    await expect(it.run(...args)).rejects.toMatchObject({
      code: 'MODEL_INTERFACE',
      message: expect.stringContaining(words),
    });
  }
  expect((await it.run(fixtureRows('logistic').columns)).get('label')?.dims).toEqual([60]);
});

test('nulls are NaN and empty strings to the model', async () => {
  const it = await open(fixturePath('logistic'));
  const nothing = await it.run({ distance: [null], hour: [null], wind: [null], carrier: [null] });
  const same = await it.run({
    distance: [Number.NaN],
    hour: [Number.NaN],
    wind: [Number.NaN],
    carrier: [''],
  });
  expect(nothing).toEqual(same);
});
