import { beforeEach, expect, it } from 'vitest';
import type { DatasetManifest, DatasetStore } from '../../domain/ports/datasets.js';
import type { FeatureStore } from '../../domain/ports/features.js';
import type { RunStore } from '../../domain/ports/runs.js';
import { blobOf, digestOf, manifestOf } from './dataset-manifest.js';
import { codeOf } from './error-code.js';
import { viewConfig } from './feature-store.js';
import { newRun } from './run-store-subject.js';

/** Stores of one place, and a known project without datasets. */
export interface DatasetStoreSubject {
  readonly datasets: DatasetStore;
  readonly features: FeatureStore;
  readonly runs: RunStore;
  readonly project: string;
}

export function datasetStoreConformance(make: () => Promise<DatasetStoreSubject>): void {
  let subject: DatasetStoreSubject;
  let datasets: DatasetStore;
  let project: string;
  beforeEach(async () => {
    subject = await make();
    ({ datasets, project } = subject);
  });
  const publish = (letter: string, changes?: Partial<DatasetManifest>) =>
    datasets.publish(manifestOf(project, letter, changes), blobOf(letter), null);
  const get = (versionOrTag: string) => datasets.get(project, 'flights', versionOrTag);

  it('publishes a version with the sums of its rows', async () => {
    const record = await publish('a');
    expect(record).toEqual({
      project,
      name: 'flights',
      version: 1,
      digest: digestOf('a'),
      key: digestOf('a'),
      rows: 100,
      quarantined: 5,
      commit: 'c'.repeat(40),
      manifest: blobOf('a'),
      runId: null,
      tags: [],
      tagRows: {},
      createdAt: expect.any(String),
    });
    expect(await get('1')).toEqual(record);
    expect(await datasets.findByKey(project, 'flights', digestOf('a'))).toEqual(record);
  });

  it('makes a new version of a key whose first manifest was lost, and finds that one', async () => {
    const first = await publish('a');
    const again = await datasets.publish(manifestOf(project, 'a'), blobOf('b'), null);
    expect(again).toMatchObject({ key: first.key, version: first.version + 1 });
    expect(await datasets.findByKey(project, first.name, first.key)).toEqual(again);
  });

  it('publishes one version for one key', async () => {
    const first = await publish('a');
    expect(await publish('a', { digest: digestOf('b') })).toEqual(first);
    expect(await datasets.list(project, 'flights')).toEqual([first]);
  });

  it('makes one version of those who saw the same one as the newest, and have manifests of their own', async () => {
    const racing = async (seen: number | null, letters: readonly string[]) => {
      const manifest = manifestOf(project, 'a');
      const made = letters.map((letter) => datasets.publish(manifest, blobOf(letter), null, seen));
      return [...new Set((await Promise.all(made)).map(({ version }) => version))];
    };
    expect(await racing(null, ['a', 'b', 'c'])).toEqual([1]);
    expect(await racing(1, ['d', 'e', 'f'])).toEqual([2]);
    expect(await racing(1, ['0'])).toEqual([2]);
  });

  it('takes equal data under two keys as two versions', async () => {
    await publish('a');
    expect(await publish('b', { digest: digestOf('a') })).toMatchObject({
      version: 2,
      digest: digestOf('a'),
    });
  });

  it('numbers without gaps and doubles when many publish at once, also the same', async () => {
    const letters = ['a', 'b', 'c', 'd', 'e', 'f'];
    const records = await Promise.all([...letters, ...letters].map((letter) => publish(letter)));
    expect([...new Set(records.map(({ version }) => version))].sort()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(new Set(records.map((record) => `${record.key} ${record.version}`)).size).toBe(6);
  });

  it('numbers each dataset by itself, and leaves no gap where one is refused', async () => {
    await publish('a');
    expect(await publish('a', { name: 'weather' })).toMatchObject({ version: 1 });
    expect(await codeOf(publish('b', { features: [view('planes', 1)] }))).toBe('FEATURE_NOT_FOUND');
    expect(await publish('b')).toMatchObject({ version: 2 });
  });

  it('finds the versions of a key in all projects, oldest first', async () => {
    const key = `${Buffer.from(project).toString('hex')}${'0'.repeat(64)}`.slice(0, 64);
    const first = await publish('a', { key });
    const second = await publish('b', { key });
    await publish('c');
    expect(await datasets.withKey(key)).toEqual([first, second]);
    expect(await datasets.withKey('0'.repeat(64))).toEqual([]);
  });

  it('names the run that made it, which is there', async () => {
    const { run } = await subject.runs.create(newRun(project, 'one'));
    const record = await datasets.publish(manifestOf(project, 'a'), blobOf('a'), run.id);
    expect(record.runId).toBe(run.id);
    const bad = datasets.publish(manifestOf(project, 'b'), blobOf('b'), 'none');
    expect(await codeOf(bad)).toBe('RUN_NOT_FOUND');
  });

  it('tells which versions used a feature view, newest first', async () => {
    const config = viewConfig('planes');
    await subject.features.declare(project, config, digestOf('a'), 'c'.repeat(40));
    await subject.features.declare(project, config, digestOf('b'), 'c'.repeat(40));
    await publish('a', { features: [view('planes', 1)] });
    await publish('b', { features: [view('planes', 2)] });
    await publish('c');
    expect(await subject.features.usedBy(project, 'planes')).toEqual([
      { dataset: 'flights', version: 2, viewVersion: 2 },
      { dataset: 'flights', version: 1, viewVersion: 1 },
    ]);
  });

  it('says so where there is no such version, tag, dataset or project', async () => {
    await publish('a');
    for (const which of ['2', '0', '-1', '1.0', 'gold', '', '9'.repeat(30)]) {
      expect(await codeOf(get(which))).toBe('DATASET_NOT_FOUND');
    }
    expect(await codeOf(datasets.get(project, 'none', '1'))).toBe('DATASET_NOT_FOUND');
    expect(await datasets.findByKey(project, 'flights', digestOf('f'))).toBeUndefined();
    expect(await datasets.list('nowhere')).toEqual([]);
    const nowhere = datasets.publish(manifestOf('nowhere', 'a'), blobOf('a'), null);
    expect(await codeOf(nowhere)).toBe('PROJECT_NOT_FOUND');
  });

  it('lists newest first, of one name or of all', async () => {
    for (const letter of ['a', 'b']) await publish(letter);
    await publish('a', { name: 'weather' });
    const names = async (name?: string) =>
      (await datasets.list(project, name)).map((record) => `${record.name} ${record.version}`);
    expect(await names('flights')).toEqual(['flights 2', 'flights 1']);
    expect((await names()).sort()).toEqual(['flights 1', 'flights 2', 'weather 1']);
  });

  it('finds a version by its tags, which move', async () => {
    for (const letter of ['a', 'b']) await publish(letter);
    await datasets.tag(project, 'flights', 1, 'gold', null);
    await datasets.tag(project, 'flights', 1, 'early', { where: 'month < 3', rows: 12 });
    expect(await get('gold')).toMatchObject({ version: 1, tags: ['early', 'gold'], tagRows: { early: 12 } });
    await datasets.tag(project, 'flights', 2, 'gold', null);
    expect(await get('gold')).toMatchObject({ version: 2, tags: ['gold'] });
    expect(await get('1')).toMatchObject({ tags: ['early'] });
    expect(await datasets.tags(project, 'flights')).toEqual([
      { tag: 'early', version: 1, where: 'month < 3', rows: 12, at: expect.any(String) },
      { tag: 'gold', version: 2, where: null, rows: null, at: expect.any(String) },
    ]);
  });

  it('shows each version its own tags', async () => {
    for (const name of ['flights', 'weather']) {
      await publish('a', { name });
      await datasets.tag(project, name, 1, `of-${name}`, null);
    }
    const listed = await datasets.list(project);
    expect(listed.map(({ name, tags }) => [name, tags]).sort()).toEqual([
      ['flights', ['of-flights']],
      ['weather', ['of-weather']],
    ]);
  });

  it('refuses tags that could be taken for a number, and tags of versions that are not there', async () => {
    await publish('a');
    for (const tag of ['1', '', ' gold', 'g'.repeat(64)]) {
      expect(await codeOf(datasets.tag(project, 'flights', 1, tag, null))).toBe('NAME_INVALID');
    }
    expect(await codeOf(datasets.tag(project, 'flights', 2, 'gold', null))).toBe('DATASET_NOT_FOUND');
  });
}

function view(name: string, version: number) {
  return { name, version, digest: digestOf('f'), vectors: blobOf('5'), reused: false };
}
