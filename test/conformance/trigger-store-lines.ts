import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, expect, it } from 'vitest';
import type { RunStore } from '../../domain/ports/runs.js';
import type { TriggerStore } from '../../domain/ports/trigger-events.js';
import { codeOf } from './error-code.js';
import { newRun, resumeBy } from './run-store-subject.js';
import { alarm, type MakeTriggerStore, oneRun } from './trigger-store-subject.js';

export function triggerStoreLines(make: MakeTriggerStore): void {
  let triggers: TriggerStore;
  let runs: RunStore;
  let project: string;
  beforeEach(async () => {
    ({ triggers, runs, project } = await make());
  });
  const at = () => ({ project, model: 'delay' });
  const weekAgo = () => new Date(Date.now() - 7 * 86_400_000).toISOString();
  const line = (limit = 100, since = weekAgo()) => triggers.line(at(), { limit, since });
  const record = async (...keys: string[]) => {
    await triggers.record(keys.map((key) => alarm(project, key)));
    return (await line()).pending;
  };
  const newest = async () => (await triggers.list({ project })).events;
  const superseded = { kind: 'suppressed', rule: 'superseded', reason: 'a newer one is there' } as const;

  it('is empty where nothing has come', async () => {
    const used = { runs: 0, computeMinutes: 0 };
    const none = { inFlight: [], lastAutomaticAt: null, lastVetoedAt: null, used, hold: null };
    expect(await line()).toEqual({ pending: [], ...none });
  });

  it('has its own pending events, oldest first, as many as asked for', async () => {
    await record('a', 'b');
    await triggers.record([alarm(project, 'other', { model: 'price' })]);
    const pending = await record('c');
    expect(pending.map(({ key }) => key)).toEqual(['a', 'b', 'c']);
    expect((await line(2)).pending.map(({ key }) => key)).toEqual(['a', 'b']);
  });

  it('settles all that one run answers, and begins the run with its causes', async () => {
    const causes = await record('a', 'b');
    const runId = `${project}-run`;
    const decided = oneRun(runId, causes);
    expect(await triggers.settle(at(), decided)).toBe(true);
    const run = await runs.get(runId);
    expect(run).toMatchObject({ ...at(), ref: 'main', variant: null, status: 'running', automatic: true });
    const listed = causes.map(({ id, kind, at, facts }) => ({ kind, at, event: id, facts }));
    expect(run.causes).toEqual(expect.arrayContaining(listed));
    expect(run.causes).toHaveLength(2);
    expect(await newest()).toMatchObject([
      { key: 'b', outcome: { kind: 'merged', runId }, settledAt: expect.any(String) },
      { key: 'a', outcome: { kind: 'started', runId }, settledAt: expect.any(String) },
    ]);
    expect(await line()).toMatchObject({
      pending: [],
      inFlight: [{ runId, startedAt: run.createdAt }],
      lastAutomaticAt: decided.run.clockAt,
      used: { runs: 1, computeMinutes: 0 },
    });
  });

  it('lets one of two begin a run from the same events', async () => {
    const causes = await record('a', 'b');
    const ids = [`${project}-one`, `${project}-two`];
    const both = await Promise.all(ids.map((id) => triggers.settle(at(), oneRun(id, causes))));
    expect(both.toSorted()).toEqual([false, true]);
    const [winner, loser] = both[0] ? ids : ids.toReversed();
    expect((await line()).inFlight.map(({ runId }) => runId)).toEqual([winner]);
    expect(await codeOf(runs.get(loser ?? ''))).toBe('RUN_NOT_FOUND');
  });

  it('writes nothing where a cause is settled, or is of another line', async () => {
    const [a, b] = await record('a', 'b');
    if (!a || !b) throw new Error('two events were recorded');
    expect(await triggers.settle(at(), oneRun(`${project}-one`, [a]))).toBe(true);
    expect(await triggers.settle(at(), oneRun(`${project}-two`, [b, a]))).toBe(false);
    const elsewhere = { project, model: 'price' };
    expect(await triggers.settle(elsewhere, oneRun(`${project}-two`, [b]))).toBe(false);
    expect(await codeOf(runs.get(`${project}-two`))).toBe('RUN_NOT_FOUND');
    expect((await line()).pending).toEqual([b]);
  });

  it('says again that a run began, as the first answer may have been lost', async () => {
    const causes = await record('a', 'b');
    const decided = oneRun(`${project}-run`, causes);
    await triggers.settle(at(), decided);
    const settled = await newest();
    expect(await triggers.settle(at(), decided)).toBe(true);
    expect(await newest()).toEqual(settled);
  });

  it('begins no run under the id of another', async () => {
    const causes = await record('a');
    const { run } = await runs.create(newRun(project, 'taken'));
    expect(await codeOf(triggers.settle(at(), oneRun(run.id, causes)))).toBe('CONFLICT');
    expect((await line()).pending).toEqual(causes);
  });

  it('settles an event once, without a run', async () => {
    const [a, b] = await record('a', 'b');
    if (!a || !b) throw new Error('two events were recorded');
    const none = { proposed: [], run: null };
    expect(await triggers.settle(at(), { outcomes: [{ id: a.id, outcome: superseded }], ...none })).toBe(
      true,
    );
    const late = { kind: 'suppressed', rule: 'budget', reason: 'late' } as const;
    const again = [a, b].map(({ id }) => ({ id, outcome: late }));
    expect(await triggers.settle(at(), { outcomes: again, ...none })).toBe(true);
    expect((await triggers.get(a.id)).outcome).toEqual(superseded);
    expect((await triggers.get(b.id)).outcome).toEqual(late);
  });

  it('says since when an event is announced, and keeps that', async () => {
    const [a, b] = await record('a', 'b');
    if (!a || !b) throw new Error('two events were recorded');
    const announce = { outcomes: [{ id: b.id, outcome: superseded }], proposed: [a.id, b.id], run: null };
    await triggers.settle(at(), announce);
    const [announced] = (await line()).pending;
    expect(announced).toEqual({ ...a, proposedAt: expect.any(String) });
    expect((await triggers.get(b.id)).proposedAt).toBeNull();
    await sleep(5);
    await triggers.settle(at(), announce);
    expect((await line()).pending).toEqual([announced]);
  });

  it('has in flight what events started, until it ends', async () => {
    await runs.create(newRun(project, 'by-hand'));
    const runId = `${project}-run`;
    await triggers.settle(at(), oneRun(runId, await record('a', 'b')));
    await runs.setStatus(runId, 'waiting', null);
    expect((await line()).inFlight).toMatchObject([{ runId }]);
    await runs.setStatus(runId, 'failed', 'it broke');
    expect((await line()).inFlight).toEqual([]);
    await runs.reopen(runId, 'main', resumeBy('ann'));
    expect((await line()).inFlight).toMatchObject([{ runId }]);
  });

  it('counts as used what automatic runs did since then, and nothing that was not computed', async () => {
    const runId = `${project}-auto`;
    const byPerson = `${project}-asked`;
    const clockAt = new Date().toISOString();
    await triggers.settle(at(), oneRun(runId, await record('a'), true, clockAt));
    await triggers.settle(at(), oneRun(byPerson, await record('b'), false));
    for (const id of [runId, byPerson]) {
      const step = { runId: id, attempt: 1, worker: 'w' };
      const fence = await runs.beginStep({ ...step, name: 'train' });
      const reused = await runs.beginStep({ ...step, name: 'data' });
      await sleep(60);
      await runs.endStep(id, 'train', fence, { status: 'succeeded', reason: null });
      await runs.endStep(id, 'data', reused, { status: 'reused', reason: 'unchanged' });
      await runs.skipStep(id, 'tune', 'none is asked for');
    }
    const [step] = (await runs.steps(runId)).filter(({ name }) => name === 'train');
    const { used, lastAutomaticAt } = await line();
    expect(used.runs).toBe(1);
    expect(Math.abs(used.computeMinutes * 60_000 - (step?.ms ?? 0))).toBeLessThan(2);
    expect(step?.ms).toBeGreaterThan(50);
    expect(lastAutomaticAt).toBe(clockAt);
    const later = await line(1, new Date(Date.parse(clockAt) + 1).toISOString());
    expect(later).toMatchObject({ used: { runs: 0, computeMinutes: 0 }, lastAutomaticAt });
  });

  it('has the newest automatic run by the clock of the lines, whichever began last', async () => {
    const [newest, older] = ['2013-06-30T00:00:00.000Z', '2013-05-01T00:00:00.000Z'];
    for (const [key, clockAt] of Object.entries({ a: newest, b: older }))
      await triggers.settle(at(), oneRun(`${project}-${key}`, await record(key), true, clockAt));
    expect(await line(1, '2013-06-01T00:00:00.000Z')).toMatchObject({
      lastAutomaticAt: newest,
      used: { runs: 1 },
    });
    const month = { from: '2013-06-01T00:00:00.000Z', to: '2013-07-01T00:00:00.000Z' };
    const { model } = at();
    expect(await runs.timeOfStep({ project, model, step: 'train', ...month })).toEqual({ runs: 1, ms: 0 });
  });
}
