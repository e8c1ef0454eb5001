import { beforeEach, expect, it } from 'vitest';
import type { Letter, Notice, Outbox } from '../../domain/ports/outbox.js';
import { codeOf } from './error-code.js';

interface OutboxSubject {
  readonly outbox: Outbox;
  /** Two projects that are there, and whose letters are of nobody else. */
  readonly project: string;
  readonly other: string;
}

const later = () => new Date(Date.now() + 3_600_000).toISOString();
const earlier = () => new Date(Date.now() - 1000).toISOString();

/** `make` gives an outbox; other letters may be in it. */
export function outboxConformance(make: () => Promise<OutboxSubject>): void {
  let outbox: Outbox;
  let project: string;
  let other: string;
  beforeEach(async () => {
    ({ outbox, project, other } = await make());
  });

  const notice = (key: string, change: Partial<Notice> = {}): Notice => ({
    key,
    project,
    model: 'm',
    kind: 'run.failed',
    title: `"${key}" and ü`,
    lines: ['one', 'two'],
    to: ['ann'],
    commit: null,
    state: 'failure',
    runId: null,
    at: '2026-01-02T03:04:05.678Z',
    ...change,
  });
  const keys = (letters: readonly Letter[]) =>
    letters
      .filter((letter) => [project, other].includes(letter.notice.project))
      .map((letter) => letter.notice.key);
  const due = async () => keys(await outbox.due(200));
  const letter = async (key: string): Promise<Letter> =>
    (await outbox.list({ project })).find((one) => one.notice.key === key) ?? expect.fail(`no letter ${key}`);
  /** Each try is at a time of its own, a second after the one before. */
  let tries = 0;
  const attempted = async (key: string, error: string | null, nextAt: string | null) => {
    const { id } = await letter(key);
    tries += 1;
    const attempt = {
      letter: id,
      at: new Date(1_767_000_000_000 + 1000 * tries).toISOString(),
      ms: 12,
      error,
    };
    await outbox.attempted(attempt, nextAt);
    return attempt;
  };

  it('keeps a notice as a letter for each target, due at once', async () => {
    await outbox.put(notice('a'), ['ops', 'mail']);
    const letters = await outbox.list({ project });
    expect(letters.map(({ target }) => target).sort()).toEqual(['mail', 'ops']);
    for (const one of letters) {
      expect(one).toMatchObject({ status: 'pending', attempts: 0, deliveredAt: null });
      expect(one.notice).toEqual(notice('a'));
      expect(Math.abs(Date.parse(one.nextAt) - Date.now())).toBeLessThan(60_000);
    }
    expect(await due()).toEqual(['a', 'a']);
  });

  it('takes a notice once for each project, key and target', async () => {
    await outbox.put(notice('a'), ['ops']);
    await outbox.put(notice('a', { title: 'said again' }), ['ops', 'mail']);
    await outbox.put(notice('a', { project: other }), ['ops']);
    const letters = await outbox.list({ projects: [project, other] });
    expect(letters.length).toBe(3);
    expect(letters.filter(({ target }) => target === 'ops').map((one) => one.notice.title)).toEqual([
      notice('a').title,
      notice('a').title,
    ]);
    await outbox.put(notice('none'), []);
    expect((await outbox.list({ project })).length).toBe(2);
  });

  it('gives the oldest of each target and model, in order', async () => {
    await outbox.put(notice('a'), ['ops']);
    await outbox.put(notice('b'), ['ops']);
    await outbox.put(notice('c', { model: 'n' }), ['ops']);
    await outbox.put(notice('d', { model: null }), ['ops']);
    await outbox.put(notice('e', { model: null }), ['ops']);
    await outbox.put(notice('f'), ['mail']);
    await outbox.put(notice('g', { project: other }), ['ops']);
    expect(await due()).toEqual(['a', 'c', 'd', 'f', 'g']);
    await attempted('a', null, null);
    expect(await due()).toEqual(['b', 'c', 'd', 'f', 'g']);
  });

  it('holds later letters of a line back while an older one waits, and only those', async () => {
    await outbox.put(notice('a'), ['ops']);
    await outbox.put(notice('b'), ['ops']);
    await outbox.put(notice('c', { model: 'n' }), ['ops']);
    await attempted('a', 'no answer', later());
    expect(await due()).toEqual(['c']);
    await attempted('a', 'no answer', earlier());
    expect(await due()).toEqual(['a', 'c']);
    await attempted('a', 'refused', null);
    expect(await due()).toEqual(['b', 'c']);
  });

  it('knows when the next letter is due that is not held back', async () => {
    await outbox.put(notice('a'), ['ops']);
    await outbox.put(notice('b'), ['ops']);
    const at = later();
    await attempted('a', 'no answer', at);
    expect((await letter('a')).nextAt).toBe(at);
    const next = await outbox.nextAt();
    // Letters of others may be due before, but not "b".
    if ((await outbox.due(200)).length === 0) expect(Date.parse(next ?? '')).toBeGreaterThan(Date.now());
    for (const key of ['a', 'b']) await attempted(key, null, null);
    if ((await outbox.list({ status: 'pending' })).length === 0) expect(await outbox.nextAt()).toBeNull();
  });

  it('writes every try down, and what became of the letter', async () => {
    for (const key of ['a', 'b']) await outbox.put(notice(key, { model: key }), ['ops']);
    const first = await attempted('a', 'no answer', earlier());
    const second = await attempted('a', null, null);
    await attempted('b', 'refused', null);
    expect(await letter('a')).toMatchObject({ status: 'delivered', attempts: 2, deliveredAt: second.at });
    expect(await letter('b')).toMatchObject({ status: 'dead', attempts: 1, deliveredAt: null });
    expect(await outbox.attempts(first.letter)).toEqual([first, second]);
    expect(await due()).toEqual([]);
  });

  it('takes a try once, and none of a letter that is not there', async () => {
    await outbox.put(notice('a'), ['ops']);
    const first = await attempted('a', 'no answer', earlier());
    await outbox.attempted({ ...first, error: null }, null);
    expect(await letter('a')).toMatchObject({ status: 'pending', attempts: 1 });
    expect(await outbox.attempts(first.letter)).toEqual([first]);
    expect(await codeOf(outbox.attempted({ ...first, letter: 'none' }, null))).toBe('NOT_FOUND');
  });

  it('takes no notice of a project that is not there', async () => {
    expect(await codeOf(outbox.put(notice('a', { project: 'nowhere' }), ['ops']))).toBe('PROJECT_NOT_FOUND');
  });

  it('keeps the end of a letter, whatever a late try says', async () => {
    for (const key of ['a', 'b']) await outbox.put(notice(key, { model: key }), ['ops']);
    await attempted('a', null, null);
    await attempted('a', 'no answer', earlier());
    await attempted('b', 'refused', null);
    await attempted('b', null, null);
    expect((await letter('a')).status).toBe('delivered');
    expect((await letter('b')).status).toBe('dead');
    expect((await outbox.attempts((await letter('a')).id)).length).toBe(2);
  });

  it('lists newest first, by project and status, as many as asked for', async () => {
    for (const key of ['a', 'b', 'c']) await outbox.put(notice(key), ['ops']);
    await outbox.put(notice('d', { project: other }), ['ops']);
    await attempted('a', 'refused', null);
    expect(keys(await outbox.list({ project }))).toEqual(['c', 'b', 'a']);
    expect(keys(await outbox.list({ project, limit: 2 }))).toEqual(['c', 'b']);
    expect(keys(await outbox.list({ project, status: 'dead' }))).toEqual(['a']);
    expect(keys(await outbox.list({ project, status: 'pending' }))).toEqual(['c', 'b']);
    expect(keys(await outbox.list({ projects: [other] }))).toEqual(['d']);
    expect(keys(await outbox.list({ projects: [] }))).toEqual([]);
    expect(keys(await outbox.list({ project, projects: [other] }))).toEqual([]);
    for (const limit of [0, 201, 1.5]) expect(await codeOf(outbox.list({ limit }))).toBe('REQUEST_INVALID');
  });

  it('brings dead letters of a project back, with all their tries before them', async () => {
    for (const key of ['a', 'b']) await outbox.put(notice(key), ['ops']);
    await outbox.put(notice('c', { project: other }), ['ops']);
    await attempted('a', 'refused', null);
    await attempted('b', null, null);
    expect(await outbox.redrive(project)).toBe(1);
    expect(await letter('a')).toMatchObject({ status: 'pending', attempts: 0 });
    expect((await outbox.attempts((await letter('a')).id)).length).toBe(1);
    expect(await due()).toEqual(['a', 'c']);
    expect(await outbox.redrive(project)).toBe(0);
  });
}
