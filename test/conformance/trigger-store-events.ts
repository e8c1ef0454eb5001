import { beforeEach, expect, it } from 'vitest';
import type { EventFilter, TriggerStore } from '../../domain/ports/trigger-events.js';
import { codeOf } from './error-code.js';
import { alarm, type MakeTriggerStore, oneRun } from './trigger-store-subject.js';

export function triggerStoreEvents(make: MakeTriggerStore): void {
  let triggers: TriggerStore;
  let project: string;
  beforeEach(async () => {
    ({ triggers, project } = await make());
  });
  const all = async (filter: EventFilter = {}) => (await triggers.list({ project, ...filter })).events;
  const keys = async (filter?: EventFilter) => (await all(filter)).map(({ key }) => key);
  const filtered = { kind: 'suppressed', rule: 'filter', reason: 'the filter says false' } as const;

  it('records an event, pending, and gives it back', async () => {
    const given = alarm(project, 'a', { by: 'ann' });
    expect(await triggers.record([given])).toEqual({ recorded: 1, repeated: 0 });
    const [event] = await all();
    expect(event).toEqual({
      ...given,
      id: expect.any(String),
      receivedAt: expect.any(String),
      repeats: 0,
      proposedAt: null,
      outcome: null,
      settledAt: null,
    });
    expect(new Date(event?.receivedAt ?? '').toISOString()).toBe(event?.receivedAt);
    expect(await triggers.get(event?.id ?? '')).toEqual(event);
    expect(await codeOf(triggers.get('none'))).toBe('NOT_FOUND');
  });

  it('records an event that starts nothing with its outcome', async () => {
    await triggers.record([alarm(project, 'a', { outcome: filtered })]);
    const [event] = await all({ outcome: 'suppressed' });
    expect(event).toMatchObject({ outcome: filtered, settledAt: expect.any(String) });
  });

  it('keeps a key once and counts how often it comes again, also inside of one batch', async () => {
    expect(await triggers.record([])).toEqual({ recorded: 0, repeated: 0 });
    const batch = ['a', 'b', 'a', 'a'].map((key, turn) => alarm(project, key, { by: `sender ${turn}` }));
    expect(await triggers.record(batch)).toEqual({ recorded: 2, repeated: 2 });
    expect(await triggers.record(batch)).toEqual({ recorded: 0, repeated: 4 });
    const [b, a] = await all();
    expect(a).toMatchObject({ key: 'a', by: 'sender 0', repeats: 5 });
    expect(b).toMatchObject({ key: 'b', by: 'sender 1', repeats: 1 });
    expect(await triggers.record([alarm(project, 'a', { model: 'price' })])).toMatchObject({ recorded: 1 });
  });

  it('makes one row of a key that twenty record at once', async () => {
    const told = await Promise.all(
      Array.from({ length: 20 }, () => triggers.record([alarm(project, 'a'), alarm(project, 'b')])),
    );
    expect(told.reduce((sum, { recorded }) => sum + recorded, 0)).toBe(2);
    expect((await all()).map(({ repeats }) => repeats)).toEqual([19, 19]);
  });

  it('takes batches with the same keys in different orders at once', async () => {
    const names = Array.from({ length: 50 }, (_, index) => `key-${index}`);
    const batches = Array.from({ length: 10 }, (_, turn) => (turn % 2 === 0 ? names : names.toReversed()));
    await Promise.all(batches.map((batch) => triggers.record(batch.map((key) => alarm(project, key)))));
    expect((await all()).map(({ repeats }) => repeats)).toEqual(names.map(() => 9));
  });

  it('counts repeats of an event that is settled, and leaves its outcome', async () => {
    await triggers.record([alarm(project, 'a', { outcome: filtered })]);
    const [before] = await all();
    await triggers.record([alarm(project, 'a')]);
    expect(await all()).toEqual([{ ...before, repeats: 1 }]);
  });

  it('records nothing of a batch that has an event of no project', async () => {
    const batch = [alarm(project, 'a'), alarm('nowhere', 'b')];
    expect(await codeOf(triggers.record(batch))).toBe('PROJECT_NOT_FOUND');
    expect(await all()).toEqual([]);
  });

  it('keeps events whatever characters a sender wrote', async () => {
    const at = '2024-05-01T00:00:00.000Z';
    const facts = { kind: 'event', name: 'x', source: 's', id: 'i', payload: '"\\u0000' } as const;
    await triggers.record([alarm(project, 'a\0b \uD800 \u{1F4A5}', { kind: 'event', facts, at })]);
    const [event] = await all();
    expect(event).toMatchObject({ facts, key: 'a\uFFFDb \uFFFD \u{1F4A5}' });
  });

  it('lists newest first, page by page', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    await triggers.record(names.slice(0, 3).map((key) => alarm(project, key)));
    for (const key of names.slice(3)) await triggers.record([alarm(project, key)]);
    const first = await triggers.list({ project, limit: 3 });
    const second = await triggers.list({ project, limit: 3, after: first.next ?? '' });
    expect([...first.events, ...second.events].map(({ key }) => key)).toEqual(names.toReversed());
    expect([first.events.length, second.events.length, second.next]).toEqual([3, 2, null]);
    expect(await codeOf(triggers.list({ limit: 201 }))).toBe('REQUEST_INVALID');
    expect(await codeOf(triggers.list({ after: 'x' }))).toBe('REQUEST_INVALID');
  });

  it('lists what is asked for', async () => {
    await triggers.record([
      alarm(project, 'first'),
      alarm(project, 'second'),
      alarm(project, 'other', { model: 'price', kind: 'manual', facts: { kind: 'manual', reason: null } }),
      alarm(project, 'filtered', { outcome: filtered }),
    ]);
    const causes = (await all()).filter(({ key }) => key === 'first' || key === 'second').toReversed();
    const runId = `${project}-run`;
    expect(await triggers.settle({ project, model: 'delay' }, oneRun(runId, causes))).toBe(true);
    expect(await keys({ model: 'price' })).toEqual(['other']);
    expect(await keys({ kind: 'manual' })).toEqual(['other']);
    expect(await keys({ key: 'second' })).toEqual(['second']);
    expect(await keys({ key: 'second', model: 'price' })).toEqual([]);
    expect(await keys({ outcome: 'pending' })).toEqual(['other']);
    expect(await keys({ outcome: 'started' })).toEqual(['first']);
    expect(await keys({ outcome: 'merged' })).toEqual(['second']);
    expect(await keys({ runId })).toEqual(['second', 'first']);
    expect(await keys({ projects: [] })).toEqual([]);
    expect((await triggers.list({ projects: ['elsewhere', project] })).events).toHaveLength(4);
  });

  it('tells which lines have pending events', async () => {
    await triggers.record([
      alarm(project, 'a'),
      alarm(project, 'b'),
      alarm(project, 'c', { model: 'price' }),
      alarm(project, 'd', { model: 'quiet', outcome: filtered }),
    ]);
    const waiting = (await triggers.waiting()).filter((line) => line.project === project);
    expect(waiting).toEqual(['delay', 'price'].map((model) => ({ project, model })));
  });
}
