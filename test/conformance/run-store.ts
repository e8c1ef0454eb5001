import { beforeEach, describe, expect, it } from 'vitest';
import type { RunStatus } from '../../domain/names.js';
import type { RunStore } from '../../domain/ports/runs.js';
import { codeOf } from './error-code.js';
import { runStoreFindings } from './run-store-findings.js';
import { runStoreList } from './run-store-list.js';
import { type MakeRunStore, newRun, resumeBy } from './run-store-subject.js';
import { runStoreTime } from './run-store-time.js';
import { stepLedgerConformance } from './step-ledger.js';

export function runStoreConformance(make: MakeRunStore): void {
  describe('runs', () => runStoreRecords(make));
  describe('steps of runs', () =>
    stepLedgerConformance(async () => {
      const { runs, project } = await make();
      const { id } = (await runs.create(newRun(project, 'steps'))).run;
      const setStatus = (...end: [RunStatus, string | null]) => runs.setStatus(id, ...end);
      return { ledger: runs, id, setStatus, unknown: 'RUN_NOT_FOUND' };
    }));
  describe('time of steps', () => runStoreTime(make));
  describe('lists of runs', () => runStoreList(make));
  describe('scores and series of runs', () => runStoreFindings(make));
}

function runStoreRecords(make: MakeRunStore): void {
  let runs: RunStore;
  let project: string;
  beforeEach(async () => {
    ({ runs, project } = await make());
  });

  it('creates a run that is running, of round 0, without a commit', async () => {
    const { run, created } = await runs.create(newRun(project, 'one'));
    expect(created).toBe(true);
    expect(run).toMatchObject({
      ...newRun(project, 'one'),
      status: 'running',
      commit: null,
      reason: null,
      endedAt: null,
      reopenedAt: null,
      round: 0,
      automatic: false,
    });
    expect(new Date(run.createdAt).toISOString()).toBe(run.createdAt);
    expect(await runs.get(run.id)).toEqual(run);
  });

  it('knows a run that no person asked for', async () => {
    const { run } = await runs.create({ ...newRun(project, 'one'), automatic: true });
    expect(run.automatic).toBe(true);
    expect((await runs.list({ project })).runs).toMatchObject([{ automatic: true }]);
  });

  it('creates one run for one id, however often and however many at once', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => runs.create(newRun(project, 'one'))));
    expect(all.filter(({ created }) => created)).toHaveLength(1);
    expect(new Set(all.map(({ run }) => run.createdAt)).size).toBe(1);
    expect(await runs.create({ ...newRun(project, 'one'), ref: 'other' })).toMatchObject({
      created: false,
      run: { ref: 'main' },
    });
  });

  it('does not hand out a run under the name of another model', async () => {
    await runs.create(newRun(project, 'one'));
    expect(await codeOf(runs.create(newRun(project, 'one', 'price')))).toBe('CONFLICT');
  });

  it('refuses a run of a project that is not known', async () => {
    expect(await codeOf(runs.create(newRun('nowhere', 'one')))).toBe('PROJECT_NOT_FOUND');
  });

  it('says so where there is no such run', async () => {
    expect(await codeOf(runs.get('none'))).toBe('RUN_NOT_FOUND');
    expect(await codeOf(runs.setCommit('none', 'a'.repeat(40)))).toBe('RUN_NOT_FOUND');
    expect(await codeOf(runs.setStatus('none', 'failed', null))).toBe('RUN_NOT_FOUND');
    expect(await codeOf(runs.reopen('none', 'main', resumeBy('ann')))).toBe('RUN_NOT_FOUND');
  });

  it('keeps the commit it was given', async () => {
    const { run } = await runs.create(newRun(project, 'one'));
    await runs.setCommit(run.id, 'b'.repeat(40));
    expect(await runs.get(run.id)).toMatchObject({ commit: 'b'.repeat(40) });
  });

  it('keeps the first end of a run', async () => {
    const { run } = await runs.create(newRun(project, 'one'));
    await runs.setStatus(run.id, 'waiting', 'capacity: gpu');
    expect(await runs.get(run.id)).toMatchObject({ status: 'waiting', endedAt: null });
    await runs.setStatus(run.id, 'failed', 'it broke');
    const ended = await runs.get(run.id);
    expect(ended).toMatchObject({ status: 'failed', reason: 'it broke', endedAt: expect.any(String) });
    await runs.setStatus(run.id, 'succeeded', null);
    await runs.setStatus(run.id, 'running', null);
    expect(await runs.get(run.id)).toEqual(ended);
  });

  it('keeps a reason whatever characters a program wrote', async () => {
    const { run } = await runs.create(newRun(project, 'one'));
    await runs.setStatus(run.id, 'failed', 'a\0b \uD800 \u{1F4A5}');
    expect((await runs.get(run.id)).reason).toMatch(/^a.b . \u{1F4A5}$/u);
  });

  it('opens an ended run again at a ref, one round later, without the refusals of the round before', async () => {
    const { run } = await runs.create(newRun(project, 'one'));
    await runs.setCommit(run.id, 'b'.repeat(40));
    await runs.putRefusals(run.id, [{ what: 'model', rule: 'parity', actual: '0.1', limit: '0.01' }]);
    await runs.setStatus(run.id, 'refused', 'parity');
    const open = { status: 'running', reason: null, endedAt: null, round: 1, ref: 'fix', commit: null };
    const again = await runs.reopen(run.id, 'fix', resumeBy('ann'));
    expect(again).toMatchObject(open);
    expect(await runs.get(run.id)).toEqual(again);
    expect(Date.parse(again.reopenedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(run.createdAt));
    expect(await runs.refusals(run.id)).toEqual([]);
  });

  it('lets steps begin again in the round that it opens', async () => {
    const { run } = await runs.create(newRun(project, 'one'));
    const attempt = { runId: run.id, name: 'train', attempt: 1, worker: 'w' };
    const fence = await runs.beginStep(attempt);
    await runs.setStatus(run.id, 'failed', null);
    await runs.reopen(run.id, 'main', resumeBy('ann'));
    expect(await runs.beginStep(attempt)).toBeGreaterThan(fence);
  });

  it('opens again only what has ended, and once', async () => {
    const { run } = await runs.create(newRun(project, 'one'));
    expect(await codeOf(runs.reopen(run.id, 'main', resumeBy('ann')))).toBe('CONFLICT');
    await runs.setStatus(run.id, 'failed', null);
    const reopen = (by: string) => runs.reopen(run.id, 'main', resumeBy(by));
    const both = await Promise.allSettled([reopen('ann'), reopen('bob')]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await runs.get(run.id)).toMatchObject({ round: 1, causes: { length: 2 } });
  });

  it('has who resumes it as one cause more, after those that it had', async () => {
    const { run } = await runs.create(newRun(project, 'one'));
    await runs.setStatus(run.id, 'failed', null);
    await runs.reopen(run.id, 'main', resumeBy('ann'));
    await runs.setStatus(run.id, 'failed', null);
    const again = await runs.reopen(run.id, 'main', resumeBy('bob', '2024-05-03T00:00:00.000Z'));
    expect(again.causes).toEqual([
      ...run.causes,
      { kind: 'manual', by: 'ann', at: '2024-05-02T00:00:00.000Z', round: 1 },
      { kind: 'manual', by: 'bob', at: '2024-05-03T00:00:00.000Z', round: 2 },
    ]);
    expect(await runs.get(run.id)).toEqual(again);
  });

  it('is resumed once by the same resume, also where the run has ended again meanwhile', async () => {
    const { run } = await runs.create(newRun(project, 'one'));
    await runs.setStatus(run.id, 'failed', null);
    const reopen = () => runs.reopen(run.id, 'main', resumeBy('ann'));
    const [first, second] = await Promise.all([reopen(), reopen()]);
    expect(second).toEqual(first);
    await runs.setStatus(run.id, 'failed', 'again');
    const ended = await runs.get(run.id);
    expect(await reopen()).toEqual(ended);
    expect(ended).toMatchObject({ status: 'failed', round: 1, causes: { length: 2 } });
  });

  it('tells which runs are open', async () => {
    for (const id of ['running', 'waiting', 'failed', 'succeeded']) await runs.create(newRun(project, id));
    for (const status of ['waiting', 'failed', 'succeeded'] as const) {
      await runs.setStatus(`${project}-${status}`, status, null);
    }
    const open = (await runs.open()).filter((run) => run.project === project);
    expect(open.map(({ status }) => status).sort()).toEqual(['running', 'waiting']);
  });
}
