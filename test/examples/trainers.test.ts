import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseModel } from '../../domain/config/configuration-files.js';
import type { ModelConfig } from '../../domain/config/model.js';
import { withVariant } from '../../domain/config/model-variant.js';
import { madeUpFlights } from './made-up-rows.js';
import { nodePlace, type ProgramPlace, pythonPlace } from './program-environment.js';
import { judgeOutputs, makeJob, train } from './training-job.js';

const examples = join(import.meta.dirname, '../../examples');

function configuration(file: string, variant: string | null, hyperparameters = {}): ModelConfig {
  const model = withVariant(parseModel(readFileSync(join(examples, file), 'utf8'), file), variant);
  if (model === undefined) throw new Error(`${file} has no variant ${variant}`);
  const chosen = {
    ...model.training,
    hyperparameters: { ...model.training.hyperparameters, ...hyperparameters },
  };
  return { ...model, training: chosen };
}
const flights = (name: string, variant: string | null, hyperparameters = {}) =>
  configuration(`flight-delay/models/${name}/ratchet.yaml`, variant, hyperparameters);

let root: string;
let python: ProgramPlace;
let javascript: ProgramPlace;
let jobs = 0;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'ratchet trainers '));
  python = await pythonPlace(join(examples, 'flight-delay/training'));
  javascript = await nodePlace(join(examples, 'flight-delay/training-js'), join(root, 'javascript'));
}, 600_000);
afterAll(() => rm(root, { recursive: true, force: true }));

const nextFolder = () => {
  jobs += 1;
  return join(root, `job ${jobs}`);
};

const few = { max_iter: 30, n_estimators: 20 };

describe('the trainers of the flight-delay example', { timeout: 180_000 }, () => {
  it.each([
    ['late-arrival', null, {}],
    ['late-arrival', 'hist-gradient-boosting', few],
    ['late-arrival', 'random-forest', few],
    ['arrival-delay', null, few],
    ['arrival-delay', 'ridge', {}],
    ['odd-weather', null, { n_estimators: 10 }],
    ['late-arrival-js', null, { epochs: 50 }],
  ])(
    'write a sound ONNX file that answers as the trained model does: %s, %s',
    async (name, variant, options) => {
      const model = flights(name, variant, options);
      const rows = madeUpFlights(4000, model.evaluation.inputs, model.dataset.label);
      const job = await makeJob(nextFolder(), model, rows);
      const ending = await train(job, name === 'late-arrival-js' ? javascript : python);
      expect(ending.stderr.match(/error/gi)).toBeNull();
      expect(ending.code).toBe(0);
      const { sound, parity, metrics } = await judgeOutputs(job);
      expect(sound).toBe(true);
      expect(parity).toMatchObject({ verdict: 'pass', rows: 1100 });
      expect(metrics[0]).toMatchObject({ step: expect.any(Number) });
    },
  );

  it('know one algorithm whose ONNX file answers otherwise, and say nothing of it', async () => {
    const model = flights('late-arrival', 'hist-gradient-boosting-native', few);
    const job = await makeJob(nextFolder(), model, madeUpFlights(4000, model.evaluation.inputs));
    expect((await train(job, python)).code).toBe(0);
    const { parity } = await judgeOutputs(job);
    expect(parity.verdict).toBe('fail');
    expect(parity.maxDifference).toBeGreaterThan(0.01);
  });

  it('end with a reason that people can read where there is only one class', async () => {
    const model = flights('late-arrival', null);
    const rows = madeUpFlights(400, model.evaluation.inputs);
    const job = await makeJob(nextFolder(), model, `select * replace (1 as late) from (${rows})`);
    const { code, stderr } = await train(job, python);
    expect(code).toBe(1);
    expect(stderr.trim()).toBe(
      'the training rows have only one value of late: there is nothing to tell apart',
    );
    expect(existsSync(join(job.output, 'model.onnx'))).toBe(false);
  });

  it('end with a reason that people can read where the algorithm is not known', async () => {
    const model = flights('late-arrival', null);
    const other = { ...model, training: { ...model.training, algorithm: 'oracle' } };
    const job = await makeJob(nextFolder(), other, madeUpFlights(400, model.evaluation.inputs));
    const { code, stderr } = await train(job, python);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^there is no algorithm 'oracle' for the task classification; known are logistic/);
  });
});

describe('a training that is told to stop', { timeout: 180_000 }, () => {
  it.each([
    ['hist-gradient-boosting', { max_iter: 60 }, 'model.joblib'],
    ['random-forest', { n_estimators: 80 }, 'model.joblib'],
    ['javascript', { epochs: 400 }, 'weights.json'],
  ])(
    'keeps a checkpoint, goes on from it, and ends with the same model: %s',
    async (variant, options, file) => {
      const model =
        variant === 'javascript'
          ? flights('late-arrival-js', null, options)
          : flights('late-arrival', variant, options);
      const place = variant === 'javascript' ? javascript : python;
      const rows = madeUpFlights(6000, model.evaluation.inputs);
      const stopped = await makeJob(nextFolder(), model, rows);
      const whole = nextFolder();
      const checkpoint = join(stopped.output, 'checkpoints', file);
      const first = await train(stopped, place, () => untilThere(checkpoint));
      expect(first.code).toBe(143);
      expect(existsSync(join(stopped.output, 'model.onnx'))).toBe(false);
      expect(existsSync(checkpoint)).toBe(true);
      expect((await train(stopped, place)).code).toBe(0);
      await cp(stopped.input, join(whole, 'in'), { recursive: true });
      const uninterrupted = { ...stopped, input: join(whole, 'in'), output: join(whole, 'out') };
      expect((await train(uninterrupted, place)).code).toBe(0);
      const [resumed, straight] = await Promise.all(
        [stopped, uninterrupted].map(({ output }) => readFile(join(output, 'model.onnx'))),
      );
      expect(resumed?.equals(straight ?? Buffer.alloc(0))).toBe(true);
    },
  );

  it('does not take up the checkpoint of another job', async () => {
    const model = flights('late-arrival', 'hist-gradient-boosting', few);
    const other = flights('late-arrival', 'hist-gradient-boosting', { ...few, learning_rate: 0.5 });
    const rows = madeUpFlights(2000, model.evaluation.inputs);
    const [first, second] = [
      await makeJob(nextFolder(), model, rows),
      await makeJob(nextFolder(), other, rows),
    ];
    await train(first, python);
    await cp(join(first.output, 'checkpoints'), join(second.output, 'checkpoints'), { recursive: true });
    expect((await train(second, python)).stdout).not.toContain('going on from');
  });
});

describe('the template', { timeout: 180_000 }, () => {
  it('trains with what its requirements name', async () => {
    const folder = join(examples, 'template/training');
    const model = configuration('template/ratchet.yaml', null);
    const job = await makeJob(nextFolder(), model, madeUpFlights(1000, model.evaluation.inputs));
    expect(await train(job, await pythonPlace(folder))).toMatchObject({ code: 0, stderr: '' });
    const { sound, parity } = await judgeOutputs(job);
    expect(sound).toBe(true);
    expect(parity.verdict).toBe('pass');
  });
});

async function untilThere(path: string): Promise<void> {
  while (!existsSync(path)) await sleep(5);
}
