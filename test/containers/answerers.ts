import { execFile } from 'node:child_process';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { askInfer } from '../../activities/serving/ask-infer.js';
import { encodeRows } from '../../inference/codec/encode.js';
import { planInputs } from '../../inference/codec/input-plan.js';
import type { OpenModel } from '../../inference/model-host.js';
import type { Point } from '../../scripts/soak/releases/points.js';
import { packageRoot } from '../../stack/package-root.js';

/** What a model says of points, in their order. */
export interface Answers {
  /** Of the second class, in 0..1; 64 bits for who works them out so. */
  readonly probabilities: readonly number[];
  readonly labels: readonly number[];
}

/** Answers batches of points, each batch in one run of the model. */
export type Answerer = (batches: readonly (readonly Point[])[]) => Promise<readonly Answers[]>;

const order = ['x', 'y'];
const columnsOf = (points: readonly Point[]) => ({
  x: points.map(({ x }) => x),
  y: points.map(({ y }) => y),
});
/** Of both classes, one after the other. */
const second = (values: ArrayLike<number>) => Array.from(values).filter((_, at) => at % 2 === 1);

async function oneByOne<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<readonly R[]> {
  const done: R[] = [];
  for (const one of all) done.push(await work(one));
  return done;
}

/** The platform's own run of a model file, which is what the evaluator does. */
export function evaluator(model: OpenModel): Answerer {
  return (batches) =>
    oneByOne(batches, async (points) => {
      const told = await model.run(columnsOf(points), { order, batchRows: points.length });
      const [probabilities, label] = ['probabilities', 'label'].map((name) => told.get(name)?.data ?? []);
      return {
        probabilities: second(probabilities as Float32Array),
        labels: Array.from(label as BigInt64Array, Number),
      };
    });
}

/** An endpoint at its own address, asked in bytes, so that nothing is rounded on the way. */
export function endpoint(http: string, model: Pick<OpenModel, 'interface'>): Answerer {
  const plan = planInputs(model.interface.inputs, order);
  const outputs = [
    { name: 'probabilities', type: 'float32' },
    { name: 'label', type: 'int64' },
  ] as const;
  return (batches) =>
    oneByOne(batches, async (points) => {
      const inputs = encodeRows(plan, columnsOf(points), 0, points.length);
      const asked = { at: { http }, model: 'tiny', version: 1, inputs, outputs };
      const told = await askInfer(asked, new AbortController().signal);
      const bytes = outputs.map(({ name }) => told.find((one) => one.name === name)?.content as Buffer);
      const [probabilities, label] = bytes.map((part) => new Uint8Array(part).buffer);
      return {
        probabilities: second(new Float32Array(probabilities as ArrayBuffer)),
        labels: Array.from(new BigInt64Array(label as ArrayBuffer), Number),
      };
    });
}

/** The package that `ratchet model bundle` wrote to `folder/package`, in a program of its own with nothing else of ours. */
export function bundled(folder: string): Answerer {
  return async (batches) => {
    await mkdir(folder, { recursive: true });
    await symlink(join(packageRoot(), 'node_modules'), join(folder, 'node_modules'));
    await writeFile(join(folder, 'batches.json'), JSON.stringify(batches.map(rowsOf)));
    await writeFile(join(folder, 'ask.mjs'), program);
    await promisify(execFile)(process.execPath, ['ask.mjs'], { cwd: folder, env: {} });
    const told = JSON.parse(
      await readFile(join(folder, 'answers.json'), 'utf8'),
    ) as readonly BundleAnswer[][];
    return told.map((rows) => ({
      probabilities: rows.map(({ probabilities }) => probabilities[1]),
      labels: rows.map(({ label }) => label),
    }));
  };
}

interface BundleAnswer {
  readonly label: number;
  readonly probabilities: readonly [number, number];
}

const rowsOf = (points: readonly Point[]) => points.map(({ x, y }) => ({ x, y }));

const program = `
import { readFileSync, writeFileSync } from 'node:fs';
import { predict } from './package/index.js';
const told = [];
for (const rows of JSON.parse(readFileSync('batches.json', 'utf8'))) told.push(await predict(rows));
writeFileSync('answers.json', JSON.stringify(told));
`;
