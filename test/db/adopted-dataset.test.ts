import { afterAll, beforeAll, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { loadDatasetDefinition, planDataset } from '../../activities/data/index.js';
import { vectorsKey, viewDigest } from '../../activities/data/keys.js';
import { openBlobStore } from '../../db/blobs/open-blob-store.js';
import { createDatasetStore } from '../../db/datasets.js';
import { createFeatureStore } from '../../db/features.js';
import { createProjectStore } from '../../db/projects.js';
import { createRunStore } from '../../db/runs.js';
import { projectSchema } from '../../domain/config/project.js';
import type { DatasetManifest } from '../../domain/ports/datasets.js';
import { projectFiles, tripsCsv, weatherCsv } from '../activities/data/small-project.js';
import { manifestOf } from '../conformance/dataset-manifest.js';
import { newRun } from '../conformance/run-store-subject.js';
import { createMemoryGit } from '../fakes/memory-git.js';
import { createMemorySources } from '../fakes/memory-sources.js';
import { freshBucket } from '../setup/stack.js';
import { type DatabaseRoom, openDatabaseRoom } from './database-room.js';

const commit = 'c'.repeat(40);
let room: DatabaseRoom;
let blobs: ReturnType<typeof openBlobStore>;
beforeAll(async () => {
  room = await openDatabaseRoom();
  blobs = openBlobStore(await freshBucket());
});
afterAll(async () => {
  blobs.close();
  await room.close();
});

function placeDeps() {
  const sources = createMemorySources();
  sources.queries.set('select * from trips', tripsCsv());
  sources.objectsByKey.set('weather/all.csv', weatherCsv());
  const texts = Object.entries(projectFiles()).map(([path, content]) => [
    path,
    typeof content === 'string' ? content : stringify(content),
  ]);
  const { sources: inForce } = projectSchema.parse(projectFiles()['ratchet.project.yaml']);
  const projects = createProjectStore(room.database);
  return {
    projects: {
      async get(name: string) {
        const project = await projects.get(name);
        return { ...project, config: { ...project.config, sources: inForce } };
      },
    },
    git: createMemoryGit({ [commit]: Object.fromEntries(texts) }),
    sources,
    blobs,
    datasets: createDatasetStore(room.database),
    features: createFeatureStore(room.database),
  };
}
type Deps = ReturnType<typeof placeDeps>;

const at = { repo: 'memory', commit, modelPath: 'models/late' };

/** A whole version of a project, with small objects in place of its rows, made by a run. */
async function publishFirst(deps: Deps, project: string, runId: string): Promise<DatasetManifest> {
  const { key, fingerprints } = await planDataset(deps, { ...at, project }, runId);
  const definition = await loadDatasetDefinition(deps, { ...at, project });
  const bytes = (text: string) => blobs.putBytes(Buffer.from(`${project} ${text}`));
  const [train, validation, test, vectors] = await Promise.all(
    ['train', 'validation', 'test', 'vectors'].map(bytes),
  );
  if (!train || !validation || !test || !vectors) throw new TypeError('four objects were put');
  const examples = 'e'.repeat(64);
  const features: DatasetManifest['features'][number][] = [];
  for (const { config } of definition.views) {
    const { name, tables } = config;
    const digest = viewDigest(config, definition.tables);
    const { version } = await deps.features.declare(project, config, digest, commit);
    const vectorsOf = vectorsKey({ project, digest, tables }, fingerprints, examples);
    await deps.features.putVectors({
      key: vectorsOf,
      project,
      view: name,
      version,
      rows: 9,
      file: vectors,
      runId,
    });
    features.push({ name, version, digest, vectors, examples, reused: false });
  }
  const manifest = manifestOf(project, 'a', {
    name: 'late-trips',
    key,
    definition: await blobs.putJson(definition),
    files: { train, validation, test },
    features,
  });
  await deps.datasets.publish(manifest, await blobs.putJson(manifest), runId);
  return manifest;
}

it('a project adopts the version of another in Postgres and S3, made by the run that asked for it', async () => {
  const deps = placeDeps();
  const runs = createRunStore(room.database);
  const [first, second] = [await room.newProject(), await room.newProject()];
  const { run: maker } = await runs.create(newRun(first, 'maker'));
  const { run: adopter } = await runs.create(newRun(second, 'adopter'));
  const theirs = await publishFirst(deps, first, maker.id);

  const plan = await planDataset(deps, { ...at, project: second }, adopter.id);
  const adoptedFrom = { project: first, name: 'late-trips', version: 1 };
  expect(plan.hit).toEqual({ version: 1, digest: theirs.digest, adoptedFrom });
  const record = await deps.datasets.get(second, 'late-trips', '1');
  expect(record).toMatchObject({ key: theirs.key, rows: 100, runId: adopter.id });
  expect(await blobs.getJson(record.manifest)).toMatchObject({
    project: second,
    adoptedFrom,
    files: theirs.files,
  });
  expect(await deps.features.usedBy(second, 'weather')).toEqual([
    { dataset: 'late-trips', version: 1, viewVersion: 1 },
  ]);
  expect(await deps.features.vectors(second, 'weather')).toEqual([
    expect.objectContaining({ rows: 9, runId: maker.id, file: theirs.features[1]?.vectors }),
  ]);
});
