import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, expect, it } from 'vitest';
import type { StepStatus } from '../../domain/names.js';
import type { RunStore } from '../../domain/ports/runs.js';
import { type MakeRunStore, newRun, resumeBy } from './run-store-subject.js';

const sleptMs = 40;
/** Clocks give whole milliseconds. */
const least = sleptMs - 2;

export function runStoreTime(make: MakeRunStore): void {
  let runs: RunStore;
  let project: string;
  let id: string;
  beforeEach(async () => {
    ({ runs, project } = await make());
    id = (await runs.create(newRun(project, 'timed'))).run.id;
  });
  const always = { from: '2000-01-01T00:00:00.000Z', to: '2999-01-01T00:00:00.000Z' };
  const timeOf = (asked: Partial<Parameters<RunStore['timeOfStep']>[0]> = {}) =>
    runs.timeOfStep({ project, model: 'delay', step: 'train', ...always, ...asked });
  const begin = (attempt: number) => runs.beginStep({ runId: id, name: 'train', attempt, worker: 'w' });
  const end = (fence: number, status: StepStatus) =>
    runs.endStep(id, 'train', fence, { status, reason: status === 'failed' ? 'it broke' : null });

  it('is nothing where no run began, and where none had the step', async () => {
    expect(await timeOf()).toEqual({ runs: 1, ms: 0 });
    expect(await timeOf({ model: 'price' })).toEqual({ runs: 0, ms: 0 });
    expect(await timeOf({ project: 'nowhere' })).toEqual({ runs: 0, ms: 0 });
  });

  it('is that of all attempts together, also of one that never said its end', async () => {
    const first = await begin(1);
    await sleep(sleptMs);
    await end(first, 'failed');
    const one = await timeOf();
    expect(one.ms).toBeGreaterThanOrEqual(least);
    expect(await timeOf()).toEqual(one);
    await begin(2);
    await sleep(sleptMs);
    const third = await begin(3);
    const two = await timeOf();
    expect(two.ms).toBeGreaterThanOrEqual(one.ms + least);
    await sleep(sleptMs);
    expect((await timeOf()).ms).toBeGreaterThanOrEqual(two.ms + least - 2);
    await end(third, 'succeeded');
    const [step] = await runs.steps(id);
    expect((await timeOf()).ms).toBeGreaterThanOrEqual(2 * least + (step?.ms ?? 0));
  });

  it('stays what it was where a later round takes the result over, or has no part of it', async () => {
    const fence = await begin(1);
    await sleep(sleptMs);
    await end(fence, 'succeeded');
    const used = await timeOf();
    await runs.setStatus(id, 'failed', 'a later step broke');
    await runs.reopen(id, 'main', resumeBy('ann'));
    const again = await begin(1);
    await end(again, 'reused');
    expect(await timeOf()).toEqual(used);
    await runs.skipStep(id, 'train', 'none is asked for');
    expect(await timeOf()).toEqual(used);
    await end(await begin(2), 'succeeded');
    expect((await timeOf()).ms).toBeGreaterThanOrEqual(used.ms);
  });

  it('is of runs that began within the span, the end of it not included', async () => {
    const { createdAt } = await runs.get(id);
    const after = new Date(Date.parse(createdAt) + 1).toISOString();
    expect(await timeOf({ from: createdAt, to: after })).toMatchObject({ runs: 1 });
    expect(await timeOf({ to: createdAt })).toMatchObject({ runs: 0 });
    expect(await timeOf({ from: after })).toMatchObject({ runs: 0 });
  });
}
