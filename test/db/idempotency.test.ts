import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createIdempotencyKeys } from '../../db/idempotency.js';
import { codeOf } from '../conformance/error-code.js';
import { type DatabaseRoom, openDatabaseRoom } from './database-room.js';

describe('idempotency keys', () => {
  let room: DatabaseRoom;
  beforeAll(async () => {
    room = await openDatabaseRoom();
  });
  afterAll(() => room.close());
  const digest = (letter: string) => letter.repeat(64);

  it('bind a key to the first thing, also of many at once', async () => {
    const keys = createIdempotencyKeys(room.database);
    const subjects = ['run-1', 'run-2', 'run-3', 'run-4'];
    const bound = await Promise.all(subjects.map((subject) => keys.bind('key', digest('a'), subject)));
    expect(new Set(bound).size).toBe(1);
    expect(await keys.bind('key', digest('a'), 'run-5')).toBe(bound[0]);
    expect(await keys.bind('other', digest('a'), 'run-5')).toBe('run-5');
  });

  it('refuse a key that comes with another request', async () => {
    const keys = createIdempotencyKeys(room.database);
    await keys.bind('reused', digest('a'), 'run-1');
    expect(await codeOf(keys.bind('reused', digest('b'), 'run-1'))).toBe('CONFLICT');
  });
});
