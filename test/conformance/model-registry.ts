import { beforeEach, expect, it } from 'vitest';
import type { ModelRegistry, NewModelVersion } from '../../domain/ports/models.js';
import { blobOf, digestOf } from './dataset-manifest.js';
import { codeOf } from './error-code.js';
import { type ModelRegistrySubject, prepareDataset, prepareVersion } from './model-registry-subject.js';
import { newRun } from './run-store-subject.js';

export function modelRegistryConformance(make: () => Promise<ModelRegistrySubject>): void {
  let subject: ModelRegistrySubject;
  let registry: ModelRegistry;
  let project: string;
  beforeEach(async () => {
    subject = await make();
    ({ registry, project } = subject);
    await prepareDataset(subject);
  });
  const get = (versionOrAlias: string) => registry.get(project, 'delay', versionOrAlias);
  const refused = async (version: NewModelVersion) => {
    const error: unknown = await registry.register(version).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'NOT_TRACEABLE' });
    return String((error as { details: { missing: unknown } }).details.missing);
  };

  it('registers a version that has everything, with the metrics of its evaluation', async () => {
    const version = await prepareVersion(subject, 'one');
    const record = await registry.register(version);
    expect(record).toEqual({
      ...version,
      version: 1,
      alias: null,
      metrics: { auc: 0.75 },
      createdAt: expect.any(String),
    });
    expect(await get('1')).toEqual(record);
  });

  it('registers one version for one run, however often and however many at once', async () => {
    const version = await prepareVersion(subject, 'one');
    const all = await Promise.all(Array.from({ length: 6 }, () => registry.register(version)));
    expect(new Set(all.map((record) => record.version))).toEqual(new Set([1]));
    expect(await registry.list(project)).toEqual([all[0]]);
  });

  it('numbers each model by itself, without gaps and doubles when many register at once', async () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
    const versions = await Promise.all(ids.map((id) => prepareVersion(subject, id)));
    const records = await Promise.all(versions.map((version) => registry.register(version)));
    expect(records.map(({ version }) => version).sort()).toEqual([1, 2, 3, 4, 5, 6]);
    const other = await registry.register(await prepareVersion(subject, 'g', 'price'));
    expect(other).toMatchObject({ model: 'price', version: 1 });
  });

  it('leaves no gap where a version is refused', async () => {
    const version = await prepareVersion(subject, 'one');
    await refused({ ...version, commit: 'main' });
    expect(await registry.register(version)).toMatchObject({ version: 1 });
  });

  it.each<[string, Partial<NewModelVersion>]>([
    ['a run of this model', { runId: 'none' }],
    ['an algorithm', { algorithm: '' }],
    ['a code commit', { commit: 'abc123' }],
    ['a configuration digest', { configurationDigest: '' }],
    ['an environment digest', { environmentDigest: 'A'.repeat(64) }],
    ['an isolation tier', { isolationTier: 'strong' as never }],
    ['a dataset version', { dataset: { name: 'flights', version: 2 } }],
    ['every feature view of its dataset', { features: [] }],
    ['feature views that are those of its dataset', { features: [{ name: 'planes', version: 2 }] }],
    ['an evaluation of this file on this dataset version by this run', { evaluationId: 'none' }],
    ['an evaluation of this file on this dataset version by this run', { file: blobOf('f') }],
    ['a model file', { file: { uri: '', sha256: digestOf('e'), bytes: 1 } }],
    ['an interface with named inputs and outputs', { interface: { inputs: [], outputs: [] } }],
    ['a model card', { card: { uri: 's3://b/k', sha256: 'x', bytes: 1 } }],
  ])('takes no version without %s (%j)', async (missing, change) => {
    const version = await prepareVersion(subject, 'one');
    expect(await refused({ ...version, ...change })).toBe(missing);
    expect(await registry.list(project)).toEqual([]);
  });

  it('takes no version with the evaluation or the run of another model', async () => {
    const version = await prepareVersion(subject, 'one');
    const other = await prepareVersion(subject, 'two', 'price');
    expect(await refused({ ...version, evaluationId: other.evaluationId })).toMatch(/^an evaluation/);
    expect(await refused({ ...version, runId: other.runId, evaluationId: other.evaluationId })).toMatch(
      /^a run/,
    );
  });

  it('refuses a version of a project that is not known', async () => {
    const version = await prepareVersion(subject, 'one');
    expect(await codeOf(registry.register({ ...version, project: 'nowhere' }))).toBe('PROJECT_NOT_FOUND');
  });

  it('says so where there is no such version, alias or model', async () => {
    await registry.register(await prepareVersion(subject, 'one'));
    for (const which of ['2', '0', '', 'champion', '1e0', '9'.repeat(30)]) {
      expect(await codeOf(get(which))).toBe('MODEL_NOT_FOUND');
    }
    expect(await codeOf(registry.get(project, 'none', '1'))).toBe('MODEL_NOT_FOUND');
    expect(await registry.list('nowhere')).toEqual([]);
  });

  it('lists newest first, of one model or of all', async () => {
    const made = [
      ['a', 'delay'],
      ['b', 'price'],
      ['c', 'delay'],
    ] as const;
    for (const [id, model] of made) await registry.register(await prepareVersion(subject, id, model));
    const names = async (model?: string) =>
      (await registry.list(project, model)).map((record) => `${record.model} ${record.version}`);
    expect(await names('delay')).toEqual(['delay 2', 'delay 1']);
    expect((await names()).sort()).toEqual(['delay 1', 'delay 2', 'price 1']);
  });

  it('keeps an evaluation as it was put first', async () => {
    const { run } = await subject.runs.create(newRun(project, 'one'));
    const evaluation = {
      id: `${project}-e`,
      runId: run.id,
      modelDigest: digestOf('e'),
      datasetDigest: digestOf('d'),
      report: blobOf('6'),
      metrics: { auc: 0.5, 'log loss': 1e-9 },
    };
    const stored = await registry.putEvaluation(evaluation);
    expect(stored).toEqual({ ...evaluation, createdAt: expect.any(String) });
    expect(await registry.putEvaluation({ ...evaluation, metrics: { auc: 1 } })).toEqual(stored);
    expect(await registry.evaluation(evaluation.id)).toEqual(stored);
    const other = registry.putEvaluation({ ...evaluation, modelDigest: digestOf('f') });
    expect(await codeOf(other)).toBe('CONFLICT');
    expect(await codeOf(registry.putEvaluation({ ...evaluation, id: 'x', runId: 'none' }))).toBe(
      'RUN_NOT_FOUND',
    );
    expect(await codeOf(registry.evaluation('none'))).toBe('NOT_FOUND');
  });

  it('counts looks at a test split once for each evaluation, model and dataset', async () => {
    const look = (evaluation: string, model = 'delay', dataset = 'd') =>
      registry.countTestLook(project, model, digestOf(dataset), evaluation);
    expect(await look('one')).toBe(1);
    expect(await look('one')).toBe(1);
    expect(await look('two')).toBe(2);
    expect(await look('one', 'price')).toBe(1);
    expect(await look('one', 'delay', 'e')).toBe(1);
    const counts = await Promise.all(['three', 'four', 'five'].map((evaluation) => look(evaluation)));
    expect(counts.sort()).toEqual([3, 4, 5]);
  });
}
