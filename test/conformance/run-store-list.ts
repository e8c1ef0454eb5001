import { beforeEach, expect, it } from 'vitest';
import type { RunFilter, RunStore } from '../../domain/ports/runs.js';
import { codeOf } from './error-code.js';
import { type MakeRunStore, newRun } from './run-store-subject.js';

export function runStoreList(make: MakeRunStore): void {
  let runs: RunStore;
  let project: string;
  beforeEach(async () => {
    ({ runs, project } = await make());
  });

  const create = async (id: string, model = 'delay', scores: Record<string, number> = {}) => {
    const { run } = await runs.create(newRun(project, id, model));
    await runs.putScores(run.id, scores);
    return run.id;
  };
  const shortIds = (page: readonly { id: string }[]) => page.map(({ id }) => id.slice(project.length + 1));
  /** Ids of all pages, and of how many runs each page was. */
  const walk = async (filter: RunFilter) => {
    const ids: string[] = [];
    const sizes: number[] = [];
    let after: string | null = null;
    do {
      const page = await runs.list({ project, ...filter, ...(after !== null && { after }) });
      ids.push(...shortIds(page.runs));
      sizes.push(page.runs.length);
      after = page.next;
    } while (after !== null);
    return { ids, sizes };
  };
  const best = (direction: 'higher' | 'lower') => ({ sortBy: { metric: 'auc', direction } }) as const;

  it('is empty where there are no runs, and of projects that are not known', async () => {
    expect(await runs.list({ project })).toEqual({ runs: [], next: null });
    expect(await runs.list({ project: 'nowhere', ...best('higher') })).toEqual({ runs: [], next: null });
  });

  it('shows newest first, with the scores and the current step', async () => {
    for (const id of ['a', 'b', 'c']) await create(id, 'delay', { auc: 0.5, f1: 0.25 });
    const fence = await runs.beginStep({ runId: `${project}-b`, name: 'prepare', attempt: 1, worker: 'w' });
    await runs.endStep(`${project}-b`, 'prepare', fence, { status: 'succeeded', reason: null });
    await runs.beginStep({ runId: `${project}-b`, name: 'train', attempt: 1, worker: 'w' });
    const { runs: listed } = await runs.list({ project });
    expect(shortIds(listed)).toEqual(['c', 'b', 'a']);
    expect(listed.map(({ step }) => step)).toEqual([null, 'train', null]);
    expect(listed[0]?.metrics).toEqual({ auc: 0.5, f1: 0.25 });
  });

  it('walks pages without a gap or a double, also while runs are added', async () => {
    for (const id of ['a', 'b', 'c', 'd', 'e']) await create(id);
    const first = await runs.list({ project, limit: 2 });
    await create('f');
    const second = await runs.list({ project, limit: 2, ...(first.next !== null && { after: first.next }) });
    expect(shortIds([...first.runs, ...second.runs])).toEqual(['e', 'd', 'c', 'b']);
    expect((await walk({ limit: 2 })).sizes).toEqual([2, 2, 2]);
  });

  it('shows runs of those projects alone that are named, newest and best first', async () => {
    await create('a', 'delay', { auc: 0.5 });
    for (const order of [{}, best('higher')]) {
      expect((await walk({ ...order, projects: ['elsewhere', project] })).ids).toEqual(['a']);
      for (const projects of [[], ['elsewhere']]) {
        expect(await runs.list({ project, projects, ...order })).toEqual({ runs: [], next: null });
      }
    }
  });

  it('filters by model and status', async () => {
    await create('a');
    await create('b', 'price');
    await create('c', 'price');
    await runs.setStatus(`${project}-c`, 'failed', 'why');
    expect((await walk({ model: 'price' })).ids).toEqual(['c', 'b']);
    expect((await walk({ status: 'failed' })).ids).toEqual(['c']);
    expect((await walk({ model: 'delay', status: 'failed' })).ids).toEqual([]);
  });

  it('tells a run that waits from one that is worked on, with and without a filter', async () => {
    const told = { for: 'capacity: gpu', since: '2026-01-01T00:00:00.000Z', until: null, advice: null };
    const begin = (id: string) =>
      runs.beginStep({ runId: `${project}-${id}`, name: 'train', attempt: 1, worker: 'w' });
    for (const id of ['works', 'devices', 'retries', 'ended']) await create(id, 'delay', { auc: 0.5 });
    const fences = { works: await begin('works'), devices: await begin('devices') };
    await runs.updateStep(`${project}-devices`, 'train', fences.devices, { waiting: told });
    const again = { status: 'waiting', reason: 'tried again' } as const;
    await runs.endStep(`${project}-retries`, 'train', await begin('retries'), again);
    await runs.setStatus(`${project}-ended`, 'failed', 'why');

    expect((await walk({ status: 'waiting' })).ids).toEqual(['retries', 'devices']);
    expect((await walk({ status: 'running' })).ids).toEqual(['works']);
    expect((await walk({ status: 'waiting', model: 'delay', ...best('higher') })).ids.toSorted()).toEqual([
      'devices',
      'retries',
    ]);
    for (const filter of [{}, best('higher')]) {
      const { runs: listed } = await runs.list({ project, ...filter });
      expect(
        Object.fromEntries(listed.map(({ id, status }) => [id.slice(project.length + 1), status])),
      ).toEqual({ works: 'running', devices: 'waiting', retries: 'waiting', ended: 'failed' });
    }
    await runs.updateStep(`${project}-devices`, 'train', fences.devices, { waiting: null });
    expect((await walk({ status: 'waiting' })).ids).toEqual(['retries']);
  });

  it('lists a run as waiting whose next step no worker takes', async () => {
    const fence = await create('a').then((runId) =>
      runs.beginStep({ runId, name: 'prepare', attempt: 1, worker: 'w' }),
    );
    await runs.endStep(`${project}-a`, 'prepare', fence, { status: 'succeeded', reason: null });
    expect((await walk({ status: 'running' })).ids).toEqual(['a']);
    await expect.poll(async () => (await walk({ status: 'waiting' })).ids, { timeout: 5000 }).toEqual(['a']);
  });

  it('sorts by a metric in both directions, and hides no run that lacks it', async () => {
    await create('low', 'delay', { auc: 0.1 });
    await create('n-none', 'delay', { f1: 1 });
    await create('high', 'delay', { auc: 0.9 });
    await create('negative', 'delay', { auc: -1 });
    await create('o-none');
    expect((await walk(best('higher'))).ids).toEqual(['high', 'low', 'negative', 'o-none', 'n-none']);
    expect((await walk(best('lower'))).ids).toEqual(['negative', 'low', 'high', 'o-none', 'n-none']);
    expect((await walk({ ...best('higher'), model: 'price' })).ids).toEqual([]);
  });

  it('walks pages of a metric through equal values and across the runs that lack it', async () => {
    for (const [index, id] of ['a', 'b', 'c', 'd', 'e'].entries())
      await create(id, 'delay', { auc: index < 4 ? 0.5 : 0.7 });
    for (const id of ['f', 'g', 'h']) await create(id);
    for (const limit of [1, 2, 3, 4, 5, 8, 200]) {
      const { ids } = await walk({ ...best('higher'), limit });
      expect(ids).toEqual(['e', 'd', 'c', 'b', 'a', 'h', 'g', 'f']);
    }
  });

  it('sorts by the score that was put last', async () => {
    const first = await create('a', 'delay', { auc: 0.9 });
    await create('b', 'delay', { auc: 0.5 });
    await runs.putScores(first, { auc: 0.1 });
    expect((await walk(best('higher'))).ids).toEqual(['b', 'a']);
  });

  it('refuses a page of no run, of a part of one and of too many', async () => {
    for (const limit of [0, -1, 1.5, 201, 1e9, Number.NaN]) {
      expect(await codeOf(runs.list({ project, limit }))).toBe('REQUEST_INVALID');
    }
    await create('a');
    expect((await runs.list({ project, limit: 200 })).runs).toHaveLength(1);
  });

  it('refuses a cursor that is not of this listing', async () => {
    for (const id of ['a', 'b']) await create(id, 'delay', { auc: 0.5 });
    const { next } = await runs.list({ project, limit: 1 });
    const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const bad = [
      '',
      'x',
      '%%%',
      encoded(null),
      encoded({}),
      encoded([]),
      encoded(['newest', 'newest', 'now', 'a']),
    ];
    for (const after of bad) expect(await codeOf(runs.list({ project, after }))).toBe('REQUEST_INVALID');
    const other = runs.list({ project, ...best('higher'), after: next ?? '' });
    expect(await codeOf(other)).toBe('REQUEST_INVALID');
  });
}
