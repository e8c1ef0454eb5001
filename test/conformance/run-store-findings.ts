import { beforeEach, expect, it } from 'vitest';
import type { MetricPoint, RunStore } from '../../domain/ports/runs.js';
import { codeOf } from './error-code.js';
import { type MakeRunStore, newRun } from './run-store-subject.js';

const at = '2024-05-01T12:00:00.123Z';

export function runStoreFindings(make: MakeRunStore): void {
  let runs: RunStore;
  let id: string;
  beforeEach(async () => {
    const subject = await make();
    runs = subject.runs;
    id = (await runs.create(newRun(subject.project, 'findings'))).run.id;
  });

  it('has nothing to tell of a run that has just begun', async () => {
    expect(await runs.metrics(id)).toEqual([]);
    expect(await runs.scores(id)).toEqual({});
  });

  it('keeps series by name and step, whatever order they came in', async () => {
    await runs.appendMetrics(id, [
      { name: 'loss', step: 2, value: 0.5, at },
      { name: 'acc', step: 1, value: 0.25, at },
    ]);
    await runs.appendMetrics(id, [{ name: 'loss', step: 1, value: 1e-300, at }]);
    await runs.appendMetrics(id, []);
    expect(await runs.metrics(id)).toEqual([
      { name: 'acc', step: 1, value: 0.25, at },
      { name: 'loss', step: 1, value: 1e-300, at },
      { name: 'loss', step: 2, value: 0.5, at },
    ]);
  });

  it('replaces a point that is sent again, within one call and across calls', async () => {
    const point = (value: number) => ({ name: 'loss', step: 1, value, at });
    await runs.appendMetrics(id, [point(3), point(2)]);
    expect(await runs.metrics(id)).toEqual([point(2)]);
    await runs.appendMetrics(id, [point(1)]);
    expect(await runs.metrics(id)).toEqual([point(1)]);
  });

  it('takes many points at once', async () => {
    const points: MetricPoint[] = Array.from({ length: 12_001 }, (_, step) => ({
      name: 'loss',
      step,
      value: step,
      at,
    }));
    await runs.appendMetrics(id, points);
    expect(await runs.metrics(id)).toHaveLength(12_001);
  });

  it('takes no number that is none', async () => {
    await expect(
      runs.appendMetrics(id, [{ name: 'loss', step: 1, value: Number.NaN, at }]),
    ).rejects.toThrow();
    for (const auc of [Number.NaN, Number.POSITIVE_INFINITY])
      await expect(runs.putScores(id, { auc })).rejects.toThrow();
    expect([await runs.metrics(id), await runs.scores(id)]).toEqual([[], {}]);
  });

  it('replaces scores, also by fewer', async () => {
    await runs.putScores(id, { auc: 0.5, f1: 0.25 });
    await runs.putScores(id, { auc: 0.75 });
    expect(await runs.scores(id)).toEqual({ auc: 0.75 });
    await runs.putScores(id, {});
    expect(await runs.scores(id)).toEqual({});
  });

  it('ends with one of the sets of scores that are put at once', async () => {
    const sets = Array.from({ length: 6 }, (_, value) => ({ auc: value, [`only-${value}`]: value }));
    await Promise.all(sets.map((scores) => runs.putScores(id, scores)));
    expect(sets).toContainEqual(await runs.scores(id));
  });

  it('takes nothing for a run that is not there', async () => {
    expect(await codeOf(runs.appendMetrics('none', [{ name: 'l', step: 1, value: 1, at }]))).toBe(
      'RUN_NOT_FOUND',
    );
    expect(await codeOf(runs.putScores('none', { auc: 1 }))).toBe('RUN_NOT_FOUND');
  });
}
