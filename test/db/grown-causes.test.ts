import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRunStore } from '../../db/runs.js';
import type { Cause } from '../../domain/ports/runs.js';
import { newRun } from '../conformance/run-store-subject.js';
import { type DatabaseRoom, openDatabaseRoom } from './database-room.js';

const causeBy = (by: string): Cause => ({ kind: 'manual', by, at: '2024-05-01T00:00:00.000Z' });
const [ann, bob, cy] = [causeBy('ann'), causeBy('bob'), causeBy('cy')];

describe('causes of a run, written past the store', () => {
  let room: DatabaseRoom;
  let app: Sql;
  let id: string;
  beforeAll(async () => {
    room = await openDatabaseRoom();
    app = postgres(room.appUrl, { max: 1, onnotice: () => undefined });
    const project = await room.newProject();
    const wanted = { ...newRun(project, 'one'), causes: [ann, bob] };
    ({ id } = (await createRunStore(room.database).create(wanted)).run);
  });
  afterAll(async () => {
    await app.end();
    await room.close();
  });
  const put = async (causes: unknown) => {
    await app`update runs set causes = ${app.json(causes as never)} where id = ${id}`;
    return (await createRunStore(room.database).get(id)).causes;
  };

  it.each([
    ['taken away', [bob]],
    ['all taken away', []],
    ['put in another order', [bob, ann, cy]],
    ['told of somebody else', [ann, cy]],
    ['told with more', [{ ...ann, more: 1 }, bob]],
    ['pushed back by a newer one', [cy, ann, bob]],
  ])('cannot be %s', async (_, causes) => {
    await expect(put(causes)).rejects.toMatchObject({ code: '23514', constraint_name: 'causes_grow' });
  });

  it.each([
    ['no list', { by: 'ann' }],
    ['nothing', null],
  ])('cannot become %s', async (_, causes) => {
    await expect(put(causes)).rejects.toThrow();
  });

  it('can stay, and become more', async () => {
    expect(await put([ann, bob])).toEqual([ann, bob]);
    expect(await put([ann, bob, cy])).toEqual([ann, bob, cy]);
    expect(await put([ann, bob, cy, cy])).toHaveLength(4);
  });
});
