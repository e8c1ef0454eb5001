import { beforeEach, expect, it } from 'vitest';
import type { TriggerStore } from '../../domain/ports/trigger-events.js';
import { codeOf } from './error-code.js';
import { alarm, type MakeTriggerStore, oneRun } from './trigger-store-subject.js';

export function triggerStoreStops(make: MakeTriggerStore): void {
  let triggers: TriggerStore;
  let project: string;
  beforeEach(async () => {
    ({ triggers, project } = await make());
  });
  const at = () => ({ project, model: 'delay' });
  const line = () => triggers.line(at(), { limit: 100, since: new Date(0).toISOString() });
  const record = async (...keys: string[]) => {
    await triggers.record(keys.map((key) => alarm(project, key)));
    return (await line()).pending;
  };
  const hold = (by = 'ann', reason = 'the source is wrong') => triggers.hold({ ...at(), by, reason });

  it('holds a model until it is released', async () => {
    const held = await hold();
    expect(held).toEqual({ ...at(), by: 'ann', reason: 'the source is wrong', since: expect.any(String) });
    await triggers.hold({ ...at(), model: 'arrival', by: 'ann', reason: '' });
    expect((await triggers.holds(project)).map(({ model }) => model)).toEqual(['arrival', 'delay']);
    expect((await line()).hold).toEqual(held);
    expect(await triggers.release(at(), 'bob')).toEqual(held);
    expect((await line()).hold).toBeNull();
    expect(await codeOf(triggers.release(at(), 'bob'))).toBe('CONFLICT');
  });

  it('takes another reason for a hold, and keeps since when it is', async () => {
    const first = await hold();
    expect(await hold('bob', 'a\0b')).toEqual({ ...first, by: 'bob', reason: 'a\uFFFDb' });
    expect(await triggers.holds(project)).toHaveLength(1);
    const nowhere = triggers.hold({ project: 'nowhere', model: 'delay', by: 'ann', reason: '' });
    expect(await codeOf(nowhere)).toBe('PROJECT_NOT_FOUND');
  });

  it('begins no automatic run of a model that is held, and the run of a person', async () => {
    const causes = await record('a');
    await hold();
    expect(await triggers.settle(at(), oneRun(`${project}-auto`, causes))).toBe(false);
    expect((await line()).pending).toEqual(causes);
    expect(await triggers.settle(at(), oneRun(`${project}-asked`, causes, false))).toBe(true);
  });

  it('says again that a run began that began before the hold', async () => {
    const decided = oneRun(`${project}-run`, await record('a'));
    await triggers.settle(at(), decided);
    await hold();
    expect(await triggers.settle(at(), decided)).toBe(true);
  });

  it('stops what is announced, and nothing else', async () => {
    const [a, b, c] = await record('a', 'b', 'c');
    if (!a || !b || !c) throw new Error('three events were recorded');
    expect(await triggers.veto(at(), 'ann', 'not now')).toBe(0);
    await triggers.settle(at(), { outcomes: [], proposed: [a.id, b.id], run: null });
    expect(await triggers.veto({ project, model: 'price' }, 'ann', 'not now')).toBe(0);
    expect((await line()).lastVetoedAt).toBeNull();
    expect(await triggers.veto(at(), 'ann', 'not now')).toBe(2);
    for (const { id } of [a, b]) {
      const { outcome, settledAt } = await triggers.get(id);
      expect(outcome).toEqual({ kind: 'suppressed', rule: 'veto', reason: 'ann: not now' });
      expect(settledAt).toEqual(expect.any(String));
    }
    const { pending, lastVetoedAt, lastAutomaticAt } = await line();
    expect([pending, lastAutomaticAt]).toEqual([[c], null]);
    const { settledAt = null } = await triggers.get(a.id);
    // The veto is a row of its own, written just before what it settles.
    expect(Date.parse(settledAt ?? '') - Date.parse(lastVetoedAt ?? '')).toBeLessThan(60_000);
    expect(await triggers.settle(at(), oneRun(`${project}-run`, [a, b, c]))).toBe(false);
  });

  it('lets either a veto or the run have an event, of both at once', async () => {
    const causes = await record('a', 'b');
    await triggers.settle(at(), { outcomes: [], proposed: causes.map(({ id }) => id), run: null });
    const [stopped, begun] = await Promise.all([
      triggers.veto(at(), 'ann', 'not now'),
      triggers.settle(at(), oneRun(`${project}-run`, causes)),
    ]);
    expect([stopped, begun]).toEqual(begun ? [0, true] : [2, false]);
  });
}
