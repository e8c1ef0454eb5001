import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDatasetStore } from '../../db/datasets.js';
import { createFeatureStore } from '../../db/features.js';
import { createModelRegistry } from '../../db/models.js';
import { createRunStore } from '../../db/runs.js';
import { prepareDataset, prepareVersion } from '../conformance/model-registry-subject.js';
import { type DatabaseRoom, openDatabaseRoom } from './database-room.js';

type Row = Record<string, string | number | object | null>;

/** Past the stores: statements as `ratchet_app`, which is what somebody has who can write to the database. */
describe('the registry, by its tables alone', () => {
  let room: DatabaseRoom;
  let app: Sql;
  let whole: Row;
  beforeAll(async () => {
    room = await openDatabaseRoom();
    app = postgres(room.appUrl, { max: 1, onnotice: () => undefined });
  });
  afterAll(async () => {
    await app.end();
    await room.close();
  });
  beforeEach(async () => {
    const { database } = room;
    const subject = {
      registry: createModelRegistry(database),
      datasets: createDatasetStore(database),
      features: createFeatureStore(database),
      runs: createRunStore(database),
      project: await room.newProject(),
    };
    await prepareDataset(subject);
    const version = await prepareVersion(subject, 'one');
    whole = {
      project: version.project,
      model: version.model,
      version: 1,
      run_id: version.runId,
      algorithm: version.algorithm,
      commit: version.commit,
      configuration_digest: version.configurationDigest,
      environment_digest: version.environmentDigest,
      isolation_tier: version.isolationTier,
      dataset: 'flights',
      dataset_version: 1,
      dataset_digest: 'd'.repeat(64),
      evaluation_id: version.evaluationId,
      model_digest: version.file.sha256,
      file: version.file,
      interface: version.interface,
      card: version.card,
    };
  });

  const insert = (row: Row, views = 1) =>
    app.begin(async (tx) => {
      await tx`insert into model_versions ${tx(row)}`;
      if (views === 0) return;
      const { project, model, version } = row;
      await tx`insert into model_version_views ${tx({
        ...{ project, model, version, dataset: 'flights', dataset_version: 1 },
        ...{ view: 'planes', view_version: views },
      } as Row)}`;
    });
  const registered = async () =>
    (await app`select from model_versions where project = ${whole['project'] as string}`).length;

  it('takes a version with everything', async () => {
    await insert(whole);
    expect(await registered()).toBe(1);
  });

  it.each([
    'project',
    'model',
    'version',
    'run_id',
    'algorithm',
    'commit',
    'configuration_digest',
    'environment_digest',
    'isolation_tier',
    'dataset',
    'dataset_version',
    'dataset_digest',
    'evaluation_id',
    'model_digest',
    'file',
    'interface',
    'card',
  ])('takes no version without %s', async (column) => {
    await expect(insert({ ...whole, [column]: null })).rejects.toMatchObject({
      code: '23502',
      column_name: column,
    });
    expect(await registered()).toBe(0);
  });

  it.each<[string, Row]>([
    ['model_versions_run', { run_id: 'none' }],
    ['model_versions_run', { model: 'price' }],
    ['model_versions_algorithm', { algorithm: '' }],
    ['model_versions_commit', { commit: 'c'.repeat(39) }],
    ['model_versions_configuration', { configuration_digest: 'c'.repeat(63) }],
    ['model_versions_environment', { environment_digest: 'G'.repeat(64) }],
    ['model_versions_tier', { isolation_tier: 'strong' }],
    ['model_versions_dataset', { dataset_version: 2 }],
    ['model_versions_evaluation', { evaluation_id: 'none' }],
    ['model_versions_digest', { model_digest: 'f'.repeat(64) }],
    ['model_versions_file', { file: { sha256: 'e'.repeat(64), bytes: 1 } }],
    ['model_versions_interface', { interface: { inputs: [{}] } }],
    ['model_versions_card', { card: {} }],
  ])('refuses by %s what is not whole (%j)', async (constraint, change) => {
    await expect(insert({ ...whole, ...change })).rejects.toMatchObject({ constraint_name: constraint });
    expect(await registered()).toBe(0);
  });

  it('takes no version without the feature views of its dataset, nor with others', async () => {
    await expect(insert(whole, 0)).rejects.toMatchObject({ constraint_name: 'model_version_views_complete' });
    await expect(insert(whole, 2)).rejects.toMatchObject({ constraint_name: 'model_version_views_view' });
    expect(await registered()).toBe(0);
  });

  it('takes no second version of a run', async () => {
    await insert(whole);
    const second = insert({ ...whole, version: 2 });
    await expect(second).rejects.toMatchObject({ constraint_name: 'model_versions_once_a_run' });
  });

  it.each([
    'dataset_versions',
    'dataset_views',
    'feature_views',
    'evaluations',
    'test_looks',
    'model_versions',
    'model_version_views',
    'run_results',
    'effects',
  ])('lets the application change nothing that was written to %s', async (table) => {
    const [column] = await room.admin<{ name: string }[]>`
      select column_name as name from information_schema.columns where table_name = ${table} limit 1`;
    const name = app(column?.name ?? '');
    const denied = { code: '42501' };
    await expect(app`update ${app(table)} set ${name} = ${name}`).rejects.toMatchObject(denied);
    await expect(app`delete from ${app(table)}`).rejects.toMatchObject(denied);
    await expect(app`truncate ${app(table)}`).rejects.toMatchObject(denied);
  });

  it('lets the application neither change the schema nor set an alias that no move has earned', async () => {
    const denied = { code: '42501' };
    await expect(app`create table mine (id text)`).rejects.toMatchObject(denied);
    await expect(app`alter table model_versions drop constraint model_versions_run`).rejects.toMatchObject(
      denied,
    );
    await expect(app`drop table model_aliases`).rejects.toMatchObject(denied);
    await insert(whole);
    const { project, model } = whole as { project: string; model: string };
    const alias = app`insert into model_aliases values (${project}, ${model}, 'champion', 1)`;
    await expect(alias).rejects.toMatchObject({ constraint_name: 'model_line_holds' });
    await expect(app`update model_aliases set version = 1`).rejects.toMatchObject(denied);
  });

  it('finds a version by its alias, which names one version of the model', async () => {
    await insert(whole);
    const { project, model } = whole as { project: string; model: string };
    await room.admin.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx`insert into model_aliases values (${project}, ${model}, 'champion', 1)`;
    });
    const registry = createModelRegistry(room.database);
    expect(await registry.get(project, model, 'champion')).toMatchObject({ version: 1, alias: 'champion' });
  });
});
