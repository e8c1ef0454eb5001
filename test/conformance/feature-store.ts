import { beforeEach, expect, it } from 'vitest';
import type { FeatureViewConfig } from '../../domain/config/feature-view.js';
import type { FeatureStore } from '../../domain/ports/features.js';
import { codeOf } from './error-code.js';

const commit = 'c'.repeat(40);

export function viewConfig(name: string, description = ''): FeatureViewConfig {
  return {
    version: 1,
    name,
    description,
    kind: 'lookup',
    tables: ['planes'],
    entity: ['tailnum'],
    select: 'select tailnum, seats from planes',
    columns: { seats: { of: 'seats' } },
  };
}

/** `make` gives a store and a known project without feature views. */
export function featureStoreConformance(
  make: () => Promise<{ features: FeatureStore; project: string }>,
): void {
  let features: FeatureStore;
  let project: string;
  beforeEach(async () => {
    ({ features, project } = await make());
  });
  const digest = (letter: string) => letter.repeat(64);
  const declare = (name: string, letter: string) =>
    features.declare(project, viewConfig(name, letter), digest(letter), commit);

  it('numbers definitions from 1, one for each digest', async () => {
    const first = await declare('planes', 'a');
    expect(first).toEqual({
      project,
      name: 'planes',
      version: 1,
      digest: digest('a'),
      config: viewConfig('planes', 'a'),
      commit,
      createdAt: expect.any(String),
    });
    expect(await declare('planes', 'b')).toMatchObject({ version: 2 });
    expect(await declare('planes', 'a')).toEqual(first);
    expect(await declare('weather', 'a')).toMatchObject({ version: 1 });
  });

  it('numbers without gaps and doubles when many declare at once', async () => {
    const letters = ['a', 'b', 'c', 'd', 'e', 'f'];
    const views = await Promise.all([...letters, ...letters].map((letter) => declare('planes', letter)));
    expect([...new Set(views.map(({ version }) => version))].sort()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(new Set(views.map((view) => `${view.digest} ${view.version}`)).size).toBe(6);
  });

  it('gives the newest version, or the one that is asked for', async () => {
    await declare('planes', 'a');
    await declare('planes', 'b');
    expect(await features.get(project, 'planes')).toMatchObject({ version: 2 });
    expect(await features.get(project, 'planes', 1)).toMatchObject({ version: 1, digest: digest('a') });
    expect(await codeOf(features.get(project, 'planes', 3))).toBe('FEATURE_NOT_FOUND');
    expect(await codeOf(features.get(project, 'none'))).toBe('FEATURE_NOT_FOUND');
  });

  it('lists the views of a project', async () => {
    expect(await features.list(project)).toEqual([]);
    for (const [name, letter] of [
      ['weather', 'a'],
      ['planes', 'b'],
      ['planes', 'c'],
    ] as const)
      await declare(name, letter);
    const listed = (await features.list(project)).map(({ name, version }) => `${name} ${version}`);
    expect(listed).toEqual(['planes 1', 'planes 2', 'weather 1']);
    expect((await features.list()).length).toBeGreaterThanOrEqual(3);
  });

  it('refuses a view of a project that is not known', async () => {
    const view = features.declare('nowhere', viewConfig('planes'), digest('a'), commit);
    expect(await codeOf(view)).toBe('PROJECT_NOT_FOUND');
  });

  it('keeps vectors by key, and the newest file of each', async () => {
    await declare('planes', 'a');
    const key = `${Buffer.from(project).toString('hex')}${'0'.repeat(64)}`.slice(0, 64);
    const file = (bytes: number) => ({ uri: 's3://b/k', sha256: digest('d'), bytes });
    const vectors = {
      key,
      project,
      view: 'planes',
      version: 1,
      rows: 3_000_000_000,
      file: file(1),
      runId: null,
    };
    expect(await features.findVectors(key)).toBeUndefined();
    await features.putVectors(vectors);
    expect(await features.findVectors(key)).toEqual({ ...vectors, createdAt: expect.any(String) });
    await features.putVectors({ ...vectors, file: file(2) });
    expect(await features.vectors(project, 'planes')).toEqual([
      { ...vectors, file: file(2), createdAt: expect.any(String) },
    ]);
    expect(await features.vectors(project, 'none')).toEqual([]);
  });

  it('keeps no vectors of a view that was never declared', async () => {
    const file = { uri: 's3://b/k', sha256: digest('d'), bytes: 1 };
    const vectors = { key: digest('e'), project, view: 'none', version: 1, rows: 1, file, runId: null };
    const put = features.putVectors(vectors);
    expect(await codeOf(put)).toBe('FEATURE_NOT_FOUND');
  });

  it('knows no dataset that used a view where none did', async () => {
    await declare('planes', 'a');
    expect(await features.usedBy(project, 'planes')).toEqual([]);
  });
}
