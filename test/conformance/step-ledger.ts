import { beforeEach, expect, it } from 'vitest';
import type { RunStatus } from '../../domain/names.js';
import type { StepLedger } from '../../domain/ports/releases.js';
import { codeOf } from './error-code.js';

/** Something new that has steps, and what ends it. */
export interface StepLedgerSubject {
  readonly ledger: StepLedger;
  readonly id: string;
  setStatus(status: RunStatus, reason: string | null): Promise<void>;
  /** Code where there is none of an id. */
  readonly unknown: string;
}

export function stepLedgerConformance(make: () => Promise<StepLedgerSubject>): void {
  let ledger: StepLedger;
  let id: string;
  let setStatus: StepLedgerSubject['setStatus'];
  let unknown: string;
  beforeEach(async () => {
    ({ ledger, id, setStatus, unknown } = await make());
  });
  const begin = (name: string, attempt = 1) =>
    ledger.beginStep({ runId: id, name, attempt, worker: 'host/1/2' });
  const step = async (name: string) => (await ledger.steps(id)).find((one) => one.name === name);

  it('begins a step with a clean row', async () => {
    const fence = await begin('train');
    expect(fence).toBeGreaterThan(0);
    expect(await step('train')).toEqual({
      name: 'train',
      status: 'running',
      attempt: 1,
      startedAt: expect.any(String),
      endedAt: null,
      ms: null,
      inputs: {},
      reason: null,
      progress: null,
      waiting: null,
      worker: 'host/1/2',
    });
  });

  it('gives every attempt a higher fence, also to those that begin at once', async () => {
    const fences = await Promise.all(Array.from({ length: 8 }, (_, attempt) => begin('train', attempt)));
    expect(new Set(fences).size).toBe(8);
    expect(await begin('train', 9)).toBeGreaterThan(Math.max(...fences));
  });

  it('shows steps in the order in which they first began', async () => {
    for (const name of ['prepare', 'train', 'evaluate', 'prepare']) await begin(name);
    expect((await ledger.steps(id)).map(({ name }) => name)).toEqual(['prepare', 'train', 'evaluate']);
  });

  it('refuses every write of an older attempt', async () => {
    const old = await begin('train');
    const fence = await begin('train', 2);
    expect(await codeOf(ledger.updateStep(id, 'train', old, { progress: 'late' }))).toBe('LEASE_LOST');
    expect(await codeOf(ledger.endStep(id, 'train', old, { status: 'failed', reason: 'late' }))).toBe(
      'LEASE_LOST',
    );
    expect(await step('train')).toMatchObject({
      status: 'running',
      attempt: 2,
      progress: null,
      reason: null,
    });
    await ledger.endStep(id, 'train', fence, { status: 'succeeded', reason: null });
    expect(await codeOf(ledger.endStep(id, 'train', old, { status: 'failed', reason: 'late' }))).toBe(
      'LEASE_LOST',
    );
    expect(await step('train')).toMatchObject({ status: 'succeeded' });
  });

  it('refuses writes to a step that never began', async () => {
    expect(await codeOf(ledger.updateStep(id, 'train', 1, { progress: 'x' }))).toBe('LEASE_LOST');
    expect(await codeOf(ledger.endStep(id, 'train', 1, { status: 'failed', reason: null }))).toBe(
      'LEASE_LOST',
    );
  });

  it('changes only what an update names', async () => {
    const fence = await begin('train');
    await ledger.updateStep(id, 'train', fence, { inputs: { code: 'c1' }, progress: 'epoch 1' });
    await ledger.updateStep(id, 'train', fence, {});
    await ledger.updateStep(id, 'train', fence, { progress: 'epoch 2\0' });
    expect(await step('train')).toMatchObject({ inputs: { code: 'c1' }, status: 'running' });
    expect((await step('train'))?.progress).toMatch(/^epoch 2/);
  });

  it('is waiting while it says what it waits for', async () => {
    const fence = await begin('train');
    const waiting = {
      for: 'capacity: gpu',
      since: '2024-05-01T00:00:00.000Z',
      until: null,
      advice: 'start one',
    };
    await ledger.updateStep(id, 'train', fence, { waiting });
    expect(await step('train')).toMatchObject({ status: 'waiting', waiting });
    await ledger.updateStep(id, 'train', fence, { waiting: null });
    expect(await step('train')).toMatchObject({ status: 'running', waiting: null });
  });

  it('ends once: a repeated end changes nothing, and an ended attempt writes no more', async () => {
    const fence = await begin('train');
    await ledger.endStep(id, 'train', fence, { status: 'succeeded', reason: null, result: 1 });
    const ended = await step('train');
    expect(ended).toMatchObject({ status: 'succeeded', endedAt: expect.any(String), ms: expect.any(Number) });
    await ledger.endStep(id, 'train', fence, { status: 'failed', reason: 'again', result: 2 });
    expect(await step('train')).toEqual(ended);
    expect(await ledger.storedResult(id, 'train', {})).toEqual({ result: 1 });
    expect(await codeOf(ledger.updateStep(id, 'train', fence, { progress: 'late' }))).toBe('LEASE_LOST');
  });

  it('is not over while it waits for its next attempt', async () => {
    const fence = await begin('train');
    await ledger.endStep(id, 'train', fence, { status: 'waiting', reason: 'tried again' });
    expect(await step('train')).toMatchObject({
      status: 'waiting',
      reason: 'tried again',
      endedAt: null,
      ms: null,
    });
  });

  it('gives a result back for equal inputs, in any order of their keys, and for no others', async () => {
    const fence = await begin('train');
    await ledger.updateStep(id, 'train', fence, { inputs: { code: 'c1', data: 'd1' } });
    await ledger.endStep(id, 'train', fence, {
      status: 'succeeded',
      reason: null,
      result: { model: 'm1', rows: [1] },
    });
    await begin('train', 2);
    const stored = { result: { model: 'm1', rows: [1] } };
    expect(await ledger.storedResult(id, 'train', { data: 'd1', code: 'c1' })).toEqual(stored);
    expect(await ledger.storedResult(id, 'train', { code: 'c1' })).toBeUndefined();
    expect(await ledger.storedResult(id, 'train', { code: 'c2', data: 'd1' })).toBeUndefined();
    expect(await ledger.storedResult(id, 'evaluate', { code: 'c1', data: 'd1' })).toBeUndefined();
    expect(await ledger.storedResult('none', 'train', { code: 'c1', data: 'd1' })).toBeUndefined();
  });

  it('keeps a result with the inputs that its end tells', async () => {
    const fence = await begin('train');
    await ledger.updateStep(id, 'train', fence, { inputs: { code: 'c0' } });
    const inputs = { code: 'c1' };
    await ledger.endStep(id, 'train', fence, { status: 'succeeded', reason: null, inputs, result: 1 });
    expect(await step('train')).toMatchObject({ inputs });
    expect(await ledger.storedResult(id, 'train', inputs)).toEqual({ result: 1 });
    expect(await ledger.storedResult(id, 'train', { code: 'c0' })).toBeUndefined();
  });

  it('tells a result that is null from none, and gives the newest', async () => {
    const first = await begin('train');
    await ledger.endStep(id, 'train', first, { status: 'succeeded', reason: null });
    expect(await ledger.storedResult(id, 'train', {})).toBeUndefined();
    for (const result of ['older', null]) {
      const fence = await begin('train');
      await ledger.endStep(id, 'train', fence, { status: 'succeeded', reason: null, result });
    }
    expect(await ledger.storedResult(id, 'train', {})).toEqual({ result: null });
  });

  it('skips a step with its reason, and takes the lease of whoever works on it', async () => {
    await ledger.skipStep(id, 'collect', 'the dataset is there');
    await ledger.skipStep(id, 'collect', 'the dataset is there');
    expect(await step('collect')).toMatchObject({
      status: 'skipped',
      reason: 'the dataset is there',
      startedAt: null,
    });
    const fence = await begin('train');
    await ledger.skipStep(id, 'train', 'not needed');
    expect(await codeOf(ledger.endStep(id, 'train', fence, { status: 'succeeded', reason: null }))).toBe(
      'LEASE_LOST',
    );
  });

  it('knows no steps of what is not there', async () => {
    expect(await ledger.steps('none')).toEqual([]);
    const attempt = { runId: 'none', name: 'train', attempt: 1, worker: 'w' };
    expect(await codeOf(ledger.beginStep(attempt))).toBe(unknown);
    expect(await codeOf(ledger.skipStep('none', 'train', 'why'))).toBe(unknown);
  });

  it('leaves nothing running in what failed or was cancelled', async () => {
    const done = await begin('prepare');
    await ledger.endStep(id, 'prepare', done, { status: 'succeeded', reason: null });
    const fence = await begin('train');
    await setStatus('cancelled', 'by somebody');
    expect((await ledger.steps(id)).map(({ status }) => status)).toEqual(['succeeded', 'cancelled']);
    expect(await step('train')).toMatchObject({ reason: 'by somebody', endedAt: expect.any(String) });
    expect(await codeOf(ledger.endStep(id, 'train', fence, { status: 'succeeded', reason: null }))).toBe(
      'LEASE_LOST',
    );
    expect(await codeOf(begin('train', 2))).toBe('LEASE_LOST');
  });

  it('lets the last step of what succeeded end itself, and try to once more', async () => {
    const fence = await begin('register');
    await setStatus('succeeded', null);
    await ledger.endStep(id, 'register', fence, { status: 'succeeded', reason: null });
    const again = await begin('register', 2);
    await ledger.endStep(id, 'register', again, { status: 'succeeded', reason: null });
    expect(await step('register')).toMatchObject({ status: 'succeeded', attempt: 2 });
  });

  it('lets no attempt take the step from one that was scheduled later', async () => {
    const at = (second: number) => `2024-05-01T00:00:0${second}.000Z`;
    const scheduled = (attempt: number, second: number) =>
      ledger.beginStep({ runId: id, name: 'train', attempt, worker: 'w', scheduledAt: at(second) });
    await scheduled(1, 1);
    const fence = await scheduled(3, 3);
    expect(await codeOf(scheduled(2, 2))).toBe('LEASE_LOST');
    expect(await step('train')).toMatchObject({ status: 'running', attempt: 3 });
    const again = await scheduled(3, 3);
    expect(again).toBeGreaterThan(fence);
    expect(await scheduled(1, 4)).toBeGreaterThan(again);
  });

  it('lets no attempt that comes late begin in what succeeded', async () => {
    await begin('train', 1);
    const fence = await begin('train', 3);
    await ledger.endStep(id, 'train', fence, { status: 'succeeded', reason: null });
    await setStatus('succeeded', null);
    expect(await codeOf(begin('train', 2))).toBe('LEASE_LOST');
    expect(await step('train')).toMatchObject({ status: 'succeeded', attempt: 3 });
  });

  it('has nothing to tell of what has just begun', async () => {
    expect(await ledger.steps(id)).toEqual([]);
    expect(await ledger.refusals(id)).toEqual([]);
    expect(await ledger.logs(id)).toEqual([]);
  });

  it('replaces refusals and keeps their order', async () => {
    const refusal = (rule: string) => ({ what: 'model', rule, actual: '0.2', limit: '0.1' });
    await ledger.putRefusals(id, [refusal('z'), refusal('a'), refusal('a')]);
    await ledger.putRefusals(id, [refusal('z'), refusal('a')]);
    expect(await ledger.refusals(id)).toEqual([refusal('z'), refusal('a')]);
    await ledger.putRefusals(id, []);
    expect(await ledger.refusals(id)).toEqual([]);
  });

  it('keeps the newest log of each step', async () => {
    const log = (bytes: number) => ({ uri: 's3://b/k', sha256: 'c'.repeat(64), bytes });
    await ledger.putLog(id, 'train', log(1));
    await ledger.putLog(id, 'prepare', log(2));
    await ledger.putLog(id, 'train', log(3));
    expect(await ledger.logs(id)).toEqual([
      { step: 'prepare', ...log(2) },
      { step: 'train', ...log(3) },
    ]);
  });

  it('keeps no refusals and no log of what is not there', async () => {
    const log = { uri: 's3://b/k', sha256: 'c'.repeat(64), bytes: 1 };
    expect(await codeOf(ledger.putRefusals('none', []))).toBe(unknown);
    expect(await codeOf(ledger.putLog('none', 'train', log))).toBe(unknown);
  });
}
