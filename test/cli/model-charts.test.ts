import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { evaluationCharts } from '../../charts/evaluation-charts.js';
import { evaluateTask } from '../../domain/metrics/evaluate.js';
import { classificationSplit } from '../domain/metrics/made-rows.js';
import { registerModel } from '../gateway/register-model.js';
import { type ServedGateway, serveGateway } from './served-gateway.js';

const splits = {
  train: classificationSplit(200, 1),
  validation: classificationSplit(200, 2),
  test: classificationSplit(200, 3),
};
const evaluation = evaluateTask({ task: 'classification', splits, seed: 1 });
const charts = Object.entries(evaluationCharts(evaluation)).map(([name, chart]) => ({ name, ...chart }));

let served: ServedGateway;
let folder: string;
let model: string;
beforeAll(async () => {
  served = await serveGateway();
  folder = await mkdtemp(join(tmpdir(), 'ratchet charts '));
  const project = await served.room.newProject();
  await registerModel(served.room, project, { card: {}, markdown: '' });
  model = `${project}/delay@1`;
});
afterAll(async () => {
  await served.close();
  await rm(folder, { recursive: true, force: true });
});

/** From now on the evaluation of every model has these charts. */
async function evaluated(drawn: readonly { name: string; svg: string; table: string }[]): Promise<void> {
  const { blobs, registry } = served.room.deps;
  const report = await blobs.putJson({ evaluation, gates: [], charts: drawn, testLooks: 1 });
  Object.assign(registry, { evaluation: async () => ({ report }) });
}

it('model charts writes every curve and the confusion matrix as a picture and as numbers of each split', async () => {
  await evaluated(charts);
  const to = join(folder, 'made', 'here');
  const { exitCode, json, stderr } = await served.ratchet('model', 'charts', model, '--to', to, '--json');
  expect([exitCode, stderr]).toEqual([0, '']);
  const names = ['calibration-curve', 'confusion-matrix', 'precision-recall-curve', 'roc-curve', 'slices'];
  const wanted = names.flatMap((name) => [`${name}.json`, `${name}.svg`]);
  expect((await readdir(to)).sort()).toEqual(wanted);
  expect(json.files.map(({ file }: { file: string }) => file)).toEqual(wanted);
  const matrix = JSON.parse(await readFile(join(to, 'confusion-matrix.json'), 'utf8'));
  expect(matrix).toEqual({
    train: evaluation.splits.train.confusion,
    validation: evaluation.splits.validation.confusion,
    test: evaluation.splits.test.confusion,
  });
  const drawn = charts.find(({ name }) => name === 'roc-curve')?.svg;
  expect(await readFile(join(to, 'roc-curve.svg'), 'utf8')).toBe(drawn);
});

it('model charts writes nothing outside of the folder, whatever a chart is called', async () => {
  await evaluated([{ name: '../owned', svg: '<svg/>', table: '' }]);
  const to = join(folder, 'other');
  const { exitCode, stderr } = await served.ratchet('model', 'charts', model, '--to', to);
  expect(exitCode).toBe(1);
  expect(stderr).toContain('"../owned" is no name for a file');
  expect(await readdir(folder)).not.toContain('owned.svg');
});
