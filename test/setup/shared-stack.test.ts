import { connect } from 'node:net';
import postgres from 'postgres';
import { describe, expect, it } from 'vitest';
import { freshBucket, freshDatabase, testStack } from './stack.js';

describe('the stack of a test run', () => {
  it('gives a database with the schema in place, for the application as well', async () => {
    const database = await freshDatabase();
    const sql = postgres(database.appUrl, { max: 1 });
    const [row] =
      await sql`select count(*)::int as tables from information_schema.tables where table_schema = 'public'`;
    await sql.end();
    await database.drop();
    expect(row?.['tables']).toBeGreaterThan(3);
  });

  it('gives an empty database where asked for', async () => {
    const database = await freshDatabase('empty');
    const sql = postgres(database.ownerUrl, { max: 1 });
    const rows = await sql`select 1 from information_schema.tables where table_schema = 'public'`;
    await sql.end();
    await database.drop();
    expect(rows).toHaveLength(0);
  });

  it('gives a bucket that no other test has', async () => {
    const [one, two] = await Promise.all([freshBucket(), freshBucket()]);
    expect(one.bucket).not.toBe(two.bucket);
  });

  it('answers at the address of Temporal in the settings', async () => {
    const [host, port] = testStack().config.temporal.address.split(':');
    const open = new Promise((resolve, reject) => {
      const socket = connect(Number(port), host, () => resolve(socket.destroy().destroyed));
      socket.once('error', reject);
    });
    expect(await open).toBe(true);
  });
});
