import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, expect, it } from 'vitest';
import type { Delivery, DeliveryContent, DeliveryStore } from '../../domain/ports/deliveries.js';
import { codeOf } from './error-code.js';

/** `make` gives two projects without deliveries; the store may hold some of others. */
export function deliveryStoreConformance(
  make: () => Promise<{ readonly deliveries: DeliveryStore; readonly projects: readonly [string, string] }>,
): void {
  let deliveries: DeliveryStore;
  let project: string;
  let other: string;
  beforeEach(async () => {
    const subject = await make();
    ({ deliveries } = subject);
    [project, other] = subject.projects;
  });

  const push = (after: string): DeliveryContent => ({
    kind: 'push',
    ref: 'refs/heads/main',
    before: null,
    after: after.repeat(40),
  });
  /** No two in one millisecond, which is as much as a store tells of their order. */
  const store = async (id: string, content: DeliveryContent = push('a'), at = project) => {
    const stored = await deliveries.store({ id, project: at, form: 'github', content });
    await sleep(2);
    return stored;
  };
  const idsOf = (found: readonly Delivery[]) => found.map(({ id }) => id);
  const waiting = async () =>
    (await deliveries.pending(1000)).filter((one) => one.project === project || one.project === other);

  it('keeps what came, as it came', async () => {
    const event: DeliveryContent = {
      kind: 'event',
      name: 'prices-in',
      source: 'https://example.org/prices?day=1',
      id: 'ü 1',
      at: '2026-03-01T06:00:00.000Z',
      payload: { rows: 3, nested: [{ price: 1.5 }, null, 'ä "x"'] },
    };
    const other: DeliveryContent = { kind: 'other', what: 'ping' };
    for (const [id, content] of Object.entries({
      'github:1': push('a'),
      'github:2': event,
      'github:3': other,
    })) {
      const { delivery, created } = await store(id, content);
      expect(created).toBe(true);
      expect(delivery).toEqual({
        id,
        project,
        form: 'github',
        content,
        receivedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        repeats: 0,
        status: 'pending',
        result: null,
        handledAt: null,
      });
      expect((await deliveries.list(project, 1))[0]).toEqual(delivery);
    }
  });

  it('counts one that comes again, and keeps what it said first', async () => {
    await store('github:1', push('a'));
    const second = await store('github:1', push('b'));
    expect(second).toMatchObject({ created: false, delivery: { content: push('a'), repeats: 1 } });
    expect(await deliveries.list(project, 10)).toEqual([second.delivery]);
  });

  it('makes one of many that come at once', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => store('github:1')));
    expect(all.filter(({ created }) => created)).toHaveLength(1);
    expect(await deliveries.list(project, 10)).toMatchObject([{ id: 'github:1', repeats: 19 }]);
  });

  it('tells ids of different projects apart', async () => {
    await store('github:1');
    expect((await store('github:1', push('b'), other)).created).toBe(true);
    await deliveries.finish({ project: other, id: 'github:1' }, 'handled', 'done');
    expect(await deliveries.list(project, 10)).toMatchObject([{ project, status: 'pending' }]);
  });

  it('gives those that wait oldest first, and lists a project newest first', async () => {
    for (const id of ['github:3', 'github:1', 'github:2']) await store(id);
    await store('github:0', push('a'), other);
    await store('github:3');
    expect(idsOf(await waiting())).toEqual(['github:3', 'github:1', 'github:2', 'github:0']);
    expect(await deliveries.pending(3)).toHaveLength(3);
    expect(idsOf(await deliveries.list(project, 2))).toEqual(['github:2', 'github:1']);
  });

  it('gives none of the projects that are left out, however many of theirs are older', async () => {
    await store('github:1');
    await store('github:2', push('a'), other);
    const left = await deliveries.pending(1000, [project]);
    expect(left.filter((one) => one.project === project)).toEqual([]);
    expect(idsOf(left.filter((one) => one.project === other))).toEqual(['github:2']);
  });

  it('ends one once, and it is no more waited for, however often it comes again', async () => {
    await store('github:1');
    await deliveries.finish({ project, id: 'github:1' }, 'handled', 'started a run');
    await deliveries.finish({ project, id: 'github:1' }, 'ignored', 'too late');
    await store('github:1');
    expect(await waiting()).toEqual([]);
    expect(await deliveries.list(project, 10)).toMatchObject([
      { status: 'handled', result: 'started a run', repeats: 1, handledAt: expect.any(String) },
    ]);
  });

  it('forgets what was handled before then, and never what waits', async () => {
    for (const id of ['github:1', 'github:2', 'github:3']) await store(id);
    await deliveries.finish({ project, id: 'github:1' }, 'handled', 'done');
    await deliveries.finish({ project, id: 'github:2' }, 'ignored', 'a tag');
    expect(await deliveries.forget('2020-01-01T00:00:00.000Z')).toBe(0);
    expect(await deliveries.forget('2100-01-01T00:00:00.000Z')).toBeGreaterThanOrEqual(2);
    expect(idsOf(await deliveries.list(project, 10))).toEqual(['github:3']);
    expect((await store('github:1')).created).toBe(true);
  });

  it('takes none of a project that is not there', async () => {
    expect(await codeOf(store('github:1', push('a'), 'nowhere'))).toBe('PROJECT_NOT_FOUND');
  });
}
