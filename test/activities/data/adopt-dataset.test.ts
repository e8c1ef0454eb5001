import { describe, expect, it } from 'vitest';
import { type DatasetPlan, planDataset } from '../../../activities/data/index.js';
import type { DatasetManifest } from '../../../domain/ports/datasets.js';
import {
  type ProjectFiles,
  projectFiles,
  projectOpener,
  type SmallProject,
  withFiles,
} from './small-project.js';

const open = projectOpener();
const projectFile = projectFiles()['ratchet.project.yaml'] as { sources: Record<string, object> };

/** The files of another project of the same platform, some of whose sources are others. */
const secondFiles = (sources: Record<string, object> = {}, changes: ProjectFiles = {}) =>
  withFiles({
    'ratchet.project.yaml': {
      ...projectFile,
      project: 'second',
      sources: { ...projectFile.sources, ...sources },
    },
    ...changes,
  });

/** What another project, with a repository and sources of its own, plans on the stores of the first. */
async function planSecond(first: SmallProject, files = secondFiles()): Promise<DatasetPlan> {
  const { git, projects, sources } = (await open(files)).deps;
  const request = { ...first.request, project: 'second', repo: 'other' };
  return await planDataset({ ...first.deps, git, projects, sources }, request, null);
}

async function manifestOf(project: SmallProject, name: string): Promise<DatasetManifest> {
  const { manifest } = await project.deps.datasets.get(name, 'late-trips', '1');
  return (await project.deps.blobs.getJson(manifest)) as DatasetManifest;
}

describe('a project that wants the dataset of another', () => {
  it('adopts it: the same rows and files, a definition and views of its own, and where they are from', async () => {
    const first = await open();
    const { manifest } = await first.publish();
    const from = { project: 'trips', name: 'late-trips', version: 1 };
    const plan = await planSecond(first);
    expect(plan.hit).toEqual({ version: 1, digest: manifest.digest, adoptedFrom: from });
    const own = await manifestOf(first, 'second');
    const alike = ['key', 'digest', 'rows', 'files', 'columns', 'sources', 'sql', 'checks'] as const;
    for (const part of alike) expect(own[part]).toEqual(manifest[part]);
    expect(own).toMatchObject({ project: 'second', adoptedFrom: from });
    expect(await first.deps.blobs.getJson(own.definition)).toMatchObject({ project: 'second' });
    expect(own.features.map(({ name, version, reused }) => [name, version, reused])).toEqual([
      ['line-delays', 1, true],
      ['weather', 1, true],
      ['car-facts', 1, true],
    ]);
    expect((await first.deps.features.list('second')).length).toBe(3);
  });

  it('has it from then on, and adopts nothing a second time', async () => {
    const first = await open();
    await first.publish();
    await planSecond(first);
    expect((await planSecond(first)).hit).toMatchObject({ version: 1, adoptedFrom: null });
    expect(await first.deps.datasets.list('second')).toHaveLength(1);
  });

  it('has its vectors too, so that another dataset need not compute them', async () => {
    const first = await open();
    const { manifest } = await first.publish();
    await planSecond(first);
    const [theirs] = await first.deps.features.vectors('trips', 'weather');
    const [own] = await first.deps.features.vectors('second', 'weather');
    expect(own).toMatchObject({ file: theirs?.file, rows: theirs?.rows, version: 1 });
    expect(own?.file).toEqual(manifest.features.find(({ name }) => name === 'weather')?.vectors);
    expect(own?.key).not.toBe(theirs?.key);
  });

  it('gives nothing to a source with another secret, bucket, region, endpoint or limit that tells the same fingerprint', async () => {
    const first = await open();
    await first.publish();
    const lake = { kind: 's3', bucket: 'lake', credentials: 'secret://lake' };
    const others: Record<string, object>[] = [
      { company: { kind: 'postgres', connection: 'secret://mine' } },
      { company: { kind: 'postgres', connection: 'secret://company', maxRows: 10 } },
      { lake: { ...lake, bucket: 'pond' } },
      { lake: { ...lake, credentials: 'secret://mine' } },
      { lake: { ...lake, region: 'eu-west-1' } },
      { lake: { ...lake, endpoint: 'https://s3.example.org' } },
    ];
    const { key } = await first.plan();
    for (const sources of others) {
      const plan = await planSecond(first, secondFiles(sources));
      expect([plan.key, plan.hit]).toEqual([key, null]);
    }
    expect(await first.deps.datasets.list('second')).toEqual([]);
  });

  it('builds its own where its sources hold something else', async () => {
    const first = await open();
    await first.publish();
    const files = secondFiles({}, { 'data/cars.csv': 'car,seats\ncar-1,99\n' });
    expect((await planSecond(first, files)).hit).toBeNull();
  });

  it('builds its own where an object of the other is gone', async () => {
    const first = await open();
    const { manifest } = await first.publish();
    const lost = manifest.files.test.sha256;
    for (const [key, { sha256 }] of first.deps.blobs.objects)
      if (sha256 === lost) first.deps.blobs.objects.delete(key);
    expect((await planSecond(first)).hit).toBeNull();
  });
});
