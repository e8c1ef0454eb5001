import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createOutbox } from '../../db/outbox.js';
import type { Letter, Notice, Outbox } from '../../domain/ports/outbox.js';
import { codeOf } from '../conformance/error-code.js';
import { outboxConformance } from '../conformance/outbox.js';
import { type DatabaseRoom, openDatabaseRoom } from './database-room.js';

describe('the outbox', () => {
  let room: DatabaseRoom;
  let outbox: Outbox;
  let project: string;
  beforeAll(async () => {
    room = await openDatabaseRoom();
    outbox = createOutbox(room.database);
  });
  beforeEach(async () => {
    project = await room.newProject();
  });
  afterAll(() => room.close());
  const notice = (key: string, model: string | null = 'delay'): Notice => ({
    ...{ key, project, model, kind: 'test', title: `about ${key}`, lines: ['one line'], to: ['ann'] },
    ...{ commit: null, state: 'failure', runId: null, at: '2024-05-01T00:00:00.000Z' },
  });
  const named = ({ target, notice: { key } }: Letter) => `${key} to ${target}`;
  const due = async () => (await outbox.due(1000)).filter((one) => one.notice.project === project);
  const later = (ms: number) => new Date(Date.now() + ms).toISOString();
  let turns = 0;
  /** Each at a time of its own. */
  const attempt = (letter: Letter | undefined, error: string | null, nextAt: string | null) => {
    turns += 1;
    return outbox.attempted({ letter: letter?.id ?? '', at: later(turns), ms: 5, error }, nextAt);
  };

  it('has a letter for each target, once', async () => {
    await outbox.put(notice('a'), ['hook', 'mail', 'hook']);
    await Promise.all([1, 2, 3].map(() => outbox.put({ ...notice('a'), title: 'again' }, ['mail', 'slack'])));
    await outbox.put(notice('b'), []);
    const letters = await outbox.list({ project });
    expect(letters.map(named)).toEqual(['a to slack', 'a to mail', 'a to hook']);
    expect(letters.at(-1)).toEqual({
      ...{ id: expect.any(String), seq: expect.any(Number), target: 'hook', notice: notice('a') },
      ...{ status: 'pending', attempts: 0, nextAt: expect.any(String), deliveredAt: null },
    });
    expect(await codeOf(outbox.put({ ...notice('a'), project: 'nowhere' }, ['hook']))).toBe(
      'PROJECT_NOT_FOUND',
    );
  });

  it('gives the oldest letter of each target and model its turn, and no other while that waits', async () => {
    for (const key of ['a', 'b']) await outbox.put(notice(key), ['hook', 'mail']);
    await outbox.put(notice('c', 'price'), ['hook']);
    await outbox.put(notice('d', null), ['hook']);
    const turn = await due();
    expect(turn.map(named)).toEqual(['a to hook', 'a to mail', 'c to hook', 'd to hook']);
    await attempt(turn[0], 'refused with 500', later(60_000));
    await attempt(turn[1], null, null);
    expect((await due()).map(named)).toEqual(['b to mail', 'c to hook', 'd to hook']);
  });

  it('says when the next letter is due, also where a younger one would be before', async () => {
    expect(await outbox.nextAt()).toBe(await nextOfAll());
    await outbox.put(notice('a'), ['hook']);
    await outbox.put(notice('b'), ['hook']);
    const [first] = await due();
    const at = later(3_600_000);
    await attempt(first, 'no answer', at);
    expect(await due()).toEqual([]);
    const waiting = (await outbox.list({ project, status: 'pending' })).map(({ nextAt }) => nextAt);
    expect(waiting.at(-1)).toBe(at);
    expect(waiting[0] && waiting[0] < at).toBe(true);
    expect(await outbox.nextAt()).toBe(await nextOfAll());
  });

  /** By the plain way: of every target and model the first that is pending. */
  async function nextOfAll(): Promise<string | null> {
    const letters = (await outbox.list({ status: 'pending', limit: 200 })).toReversed();
    const first = new Map<string, string>();
    for (const { target, notice: of, nextAt } of letters) {
      const name = `${of.project} ${target} ${of.model}`;
      if (!first.has(name)) first.set(name, nextAt);
    }
    return [...first.values()].toSorted()[0] ?? null;
  }

  it('keeps every attempt, and ends a letter once', async () => {
    await outbox.put(notice('a'), ['hook']);
    const [letter] = await due();
    await attempt(letter, 'refused with 500', later(0));
    const one = { letter: letter?.id ?? '', at: later(10_000), ms: 7, error: null };
    await outbox.attempted(one, null);
    await outbox.attempted(one, null);
    await attempt(letter, 'late', null);
    const [ended] = await outbox.list({ project });
    expect(ended).toMatchObject({ status: 'delivered', attempts: 2, deliveredAt: one.at });
    const errors = (await outbox.attempts(one.letter)).map(({ error }) => error);
    expect(errors.toSorted()).toEqual(['late', 'refused with 500', null].toSorted());
    expect(await codeOf(outbox.attempted({ ...one, letter: 'none' }, null))).toBe('NOT_FOUND');
  });

  it('drives dead letters again', async () => {
    await outbox.put(notice('a'), ['hook', 'mail']);
    for (const letter of await due()) await attempt(letter, 'gone', null);
    expect(await due()).toEqual([]);
    const dead = await outbox.list({ project, status: 'dead' });
    expect(dead.map(({ attempts }) => attempts)).toEqual([1, 1]);
    expect(await outbox.redrive(project)).toBe(2);
    expect(await outbox.redrive(project)).toBe(0);
    expect((await due()).map(({ attempts }) => attempts)).toEqual([0, 0]);
  });

  describe('as every outbox', () =>
    outboxConformance(async () => ({ outbox, project, other: await room.newProject() })));

  it('lists what is asked for', async () => {
    for (const key of ['a', 'b', 'c']) await outbox.put(notice(key), ['hook']);
    expect((await outbox.list({ project, limit: 2 })).map(named)).toEqual(['c to hook', 'b to hook']);
    const [newest] = await outbox.list({ project, limit: 1 });
    const older = await outbox.list({ project, ...(newest && { before: newest.seq }) });
    expect(older.map(named)).toEqual(['b to hook', 'a to hook']);
    expect(await outbox.get(newest?.id ?? '')).toEqual(newest);
    expect(await codeOf(outbox.get('none'))).toBe('NOT_FOUND');
    expect(await outbox.list({ projects: [] })).toEqual([]);
    expect(await outbox.list({ projects: ['elsewhere', project] })).toHaveLength(3);
    expect(await codeOf(outbox.list({ limit: 0 }))).toBe('REQUEST_INVALID');
  });
});
