import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openProgramRoom, type ProgramRoom, type RunDetail } from './program-room.js';
import { createTinyRepository } from './tiny-repository.js';

let room: ProgramRoom;
beforeAll(async () => {
  room = await openProgramRoom();
  await Promise.all([room.start('orchestrator'), room.start('cpu')]);
});
afterAll(() => room.close());

/** Adds a project of that name, made of the same files, and trains its model. */
async function trainIn(project: string): Promise<RunDetail> {
  const renamed = (text: string) => text.replace(/^project: .*$/m, () => `project: ${project}`);
  const edits = { 'ratchet.project.yaml': renamed };
  const { path } = await createTinyRepository(join(room.stateDir, project), edits);
  await room.ask('POST', '/api/v1/projects', { repo: path });
  const { body } = await room.ask('POST', '/api/v1/runs', { project, model: 'tiny' });
  return await room.shown(body.id, ({ endedAt }) => endedAt !== null);
}

describe('a second project on the same state', () => {
  it('trains on the dataset of the first at once, as a version of its own, and its run says so', async () => {
    const first = await trainIn('first');
    expect([first.status, first.steps.map(({ name }) => name)]).toEqual([
      'succeeded',
      [
        'prepare',
        'collect',
        'build',
        'prove',
        'publish',
        'train',
        'evaluate',
        'register',
        'reference',
        'policy',
      ],
    ]);
    const second = await trainIn('second');
    expect([second.status, second.steps.map(({ name }) => name)]).toEqual([
      'succeeded',
      ['prepare', 'train', 'evaluate', 'register', 'reference', 'policy'],
    ]);
    expect(second.steps[0]?.reason).toBe(
      'reuses points@1 of project first as dataset points@1: the same definition, sources and content',
    );
    const [theirs, own] = await Promise.all(
      ['first', 'second'].map(
        async (name) => (await room.ask('GET', `/api/v1/datasets/${name}/points/1`)).body,
      ),
    );
    expect(own).toMatchObject({
      adoptedFrom: { project: 'first', name: 'points', version: 1 },
      runId: second.id,
      digest: theirs.digest,
      files: theirs.files,
    });
  });

  it('counts a subset of it before it is tagged, and takes no condition that is none', async () => {
    const tag = (where: string) =>
      room.ask('POST', '/api/v1/datasets/second/points/1/tags', { tag: 'right', where });
    const { status, body } = await tag('x > 0 and label is not null');
    expect(status).toBe(200);
    expect(body.tagRows.right).toBeGreaterThan(0);
    expect(body.tagRows.right).toBeLessThan(body.rows);
    const bad = await tag('z > 0');
    expect([bad.status, bad.body.error.code]).toEqual([400, 'DATASET_SQL']);
    expect(bad.body.error.message).toContain('the columns are id, x, y, label');
    expect((await room.ask('GET', '/api/v1/datasets/second/points/1')).body.tagRows).toEqual(body.tagRows);
  });
});
