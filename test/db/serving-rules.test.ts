import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDatasetStore } from '../../db/datasets.js';
import { createEndpointStore } from '../../db/endpoints.js';
import { createFeatureStore } from '../../db/features.js';
import { createModelRegistry } from '../../db/models.js';
import { createReleaseStore } from '../../db/releases.js';
import { createRunStore } from '../../db/runs.js';
import type { EndpointName } from '../../domain/ports/deployment-target.js';
import { liveOf, moment, newRelease, wantedOf, withEndpoint } from '../conformance/serving-subject.js';
import { type DatabaseRoom, openDatabaseRoom } from './database-room.js';

describe('what the database refuses of endpoints, whoever writes', () => {
  let room: DatabaseRoom;
  let app: Sql;
  let name: EndpointName;
  let releaseId: string;
  beforeAll(async () => {
    room = await openDatabaseRoom();
    app = postgres(room.appUrl, { max: 1 });
  });
  afterAll(async () => {
    await app.end();
    await room.close();
  });
  const endpoints = () => createEndpointStore(room.database);
  const releases = () => createReleaseStore(room.database);
  beforeEach(async () => {
    const { database } = room;
    const made = await withEndpoint({
      ...{ endpoints: endpoints(), releases: releases(), project: await room.newProject() },
      ...{ datasets: createDatasetStore(database), features: createFeatureStore(database) },
      ...{ registry: createModelRegistry(database), runs: createRunStore(database) },
    });
    name = made.name;
    releaseId = made.release.id;
  });
  const live = (ordinal: number, second: number) =>
    endpoints().recordLive(liveOf(wantedOf(name, ordinal), releaseId, second), 'ann');
  const copy = (ordinal: number, from: string, until: string | null) => app`
    insert into revisions (project, endpoint, revision, ordinal, release_id, wanted, model, model_version, model_digest, at, "from", until)
    select project, endpoint, ${`copy-${ordinal}`}, ${ordinal}, release_id, wanted, model, model_version, model_digest, at, ${from}, ${until}
    from revisions where project = ${name.project} and ordinal = 1`;

  it('two releases of one endpoint in flight', async () => {
    await releases().create(newRelease(name, 'second'));
    const both = app`update releases set in_turn = true where project = ${name.project}`;
    await expect(both).rejects.toMatchObject({ constraint_name: 'releases_one_in_flight' });
  });

  it('two revisions at one moment, also where both have ended', async () => {
    await live(1, 10);
    const inOrder = { constraint_name: 'revisions_in_order' };
    await expect(copy(2, moment(20), null)).rejects.toMatchObject(inOrder);
    await endpoints().recordEnded(name, moment(20), 'ann');
    await expect(copy(2, moment(15), moment(30))).rejects.toMatchObject(inOrder);
    await expect(copy(2, moment(1), moment(5))).rejects.toMatchObject(inOrder);
    await copy(3, moment(20), moment(30));
    await expect(copy(2, moment(40), null)).rejects.toMatchObject(inOrder);
  });

  it('a revision that ends before it begins, ends twice, or becomes another', async () => {
    await live(1, 10);
    const end = (at: string) =>
      app`update revisions set until = ${at} where project = ${name.project} and ordinal = 1`;
    await expect(end(moment(9))).rejects.toMatchObject({ constraint_name: 'revisions_times' });
    await end(moment(12));
    await expect(end(moment(13))).rejects.toMatchObject({ constraint_name: 'revisions_end_once' });
    for (const column of ['revision', 'from', 'wanted', 'model_digest']) {
      const change = app`update revisions set ${app(column)} = ${app(column)}`;
      await expect(change).rejects.toMatchObject({ code: '42501' });
    }
  });

  it('a revision of a model version or a release that is not there', async () => {
    const wanted = wantedOf(name, 1);
    const unknown = { ...liveOf(wanted, releaseId, 1), modelVersion: 99 };
    await expect(endpoints().recordLive(unknown, 'ann')).rejects.toMatchObject({
      constraint_name: 'revisions_model_version',
    });
  });

  it('an older ordinal that is wanted, and a change of what was wanted', async () => {
    await endpoints().want(wantedOf(name, 2), releaseId);
    const older = app`
      insert into wanted_revisions (project, endpoint, ordinal, revision, release_id, wanted)
      select project, endpoint, 1, 'older', release_id, wanted from wanted_revisions where project = ${name.project}`;
    await expect(older).rejects.toMatchObject({ constraint_name: 'wanted_revisions_in_order' });
    const change = app`update wanted_revisions set wanted = '{}'`;
    await expect(change).rejects.toMatchObject({ code: '42501' });
  });

  it('the end of an endpoint or of a release by taking its row away', async () => {
    for (const table of ['endpoints', 'releases', 'revisions', 'wanted_revisions']) {
      await expect(app`delete from ${app(table)}`).rejects.toMatchObject({ code: '42501' });
    }
  });
});
