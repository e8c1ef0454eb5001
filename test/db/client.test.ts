import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../db/client.js';
import { createProjectStore } from '../../db/projects.js';
import { type DatabaseRoom, openDatabaseRoom } from './database-room.js';

const thrownBy = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
};

describe('the database client', () => {
  let room: DatabaseRoom;
  beforeAll(async () => {
    room = await openDatabaseRoom();
  });
  afterAll(() => room.close());

  it('says that the database does not answer, without its address, when nothing listens', async () => {
    const database = connect('postgres://someone:hush@127.0.0.1:1/ratchet', {
      poolSize: 2,
      application: 'test',
    });
    const error = await thrownBy(createProjectStore(database).list());
    expect(error).toMatchObject({
      code: 'PART_UNAVAILABLE',
      message: 'the database does not answer (ECONNREFUSED)',
    });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toMatch(/hush|127\.0\.0\.1|someone/);
    expect(await thrownBy(database.ping())).toMatchObject({ code: 'PART_UNAVAILABLE' });
    await database.close();
  });

  it('answers again after the server ended its connections', async () => {
    const database = connect(room.appUrl, { poolSize: 3, application: 'to-be-ended' });
    await database.ping();
    await createProjectStore(database).list();
    const held = database.transaction(async (session) => {
      await session.execute('select 1');
      await room.admin`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'to-be-ended'`;
      await session.execute('select 1');
    });
    expect(await thrownBy(held)).toMatchObject({ code: 'PART_UNAVAILABLE' });
    await expect(createProjectStore(database).list()).resolves.toEqual([]);
    await expect(database.ping()).resolves.toBeUndefined();
    await database.close();
  });

  it('keeps what the server refuses as it came, without statement and values', async () => {
    const project = await room.newProject();
    const record = await createProjectStore(room.database).get(project);
    const bad = createProjectStore(room.database).put({ ...record, commit: 'hush-hush' });
    const error = await thrownBy(bad);
    expect(error).toMatchObject({ name: 'PostgresError', constraint_name: 'projects_commit' });
    expect(String(error)).not.toMatch(/hush|insert/);
  });

  it('undoes all of a transaction that fails', async () => {
    const project = await room.newProject();
    const work = room.database.transaction(async (session) => {
      await session.execute(`update projects set ref = 'other' where name = '${project}'`);
      throw new Error('enough');
    });
    await expect(work).rejects.toThrow('enough');
    expect(await createProjectStore(room.database).get(project)).toMatchObject({ ref: 'main' });
  });
});
