import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DatabaseRoom, openDatabaseRoom } from './database-room.js';

/** Past the stores: statements as `ratchet_app`, which is what somebody has who can write to the database. */
describe('the project of the organisation, by its table alone', () => {
  let room: DatabaseRoom;
  let app: Sql;
  beforeAll(async () => {
    room = await openDatabaseRoom();
    app = postgres(room.appUrl, { max: 1, onnotice: () => undefined });
  });
  afterAll(async () => {
    await app.end();
    await room.close();
  });

  const insert = (name: string, config: object) =>
    app`insert into projects ${app({
      ...{ name, repo: `/${name}`, ref: 'main', commit: 'a'.repeat(40) },
      config: app.json(config as never),
    })}`;

  it('is one at a time, and any number of projects is none', async () => {
    await insert('one', { organisation: true });
    for (const [name, config] of [
      ['off', { organisation: false }],
      ['off-too', { organisation: false }],
      ['before', {}],
      ['before-too', {}],
    ] as const) {
      await insert(name, config);
    }
    await expect(insert('two', { organisation: true })).rejects.toThrow(/projects_one_organisation/);
    const turnOn = app`update projects set config = ${app.json({ organisation: true })} where name = 'off'`;
    await expect(turnOn).rejects.toThrow(/projects_one_organisation/);
    await app`update projects set config = '{}' where name = 'one'`;
    await insert('two', { organisation: true });
  });
});
