import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { followMetrics } from '../../../activities/training/follow-metrics.js';
import { metricWords } from '../../../activities/training/metric-words.js';
import { createRedactor } from '../../../activities/training/redactor.js';
import type { MetricPoint } from '../../../domain/ports/runs.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ratchet-metrics-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('puts the points of a growing file on the run, and tells the newest step, not every one', async () => {
  const path = join(folder, 'metrics.jsonl');
  await writeFile(path, '{"step": 1, "loss": 0.512345}\n{"step": 2, "loss": 0.4}\n');
  const stored: MetricPoint[] = [];
  const told: string[] = [];
  const appendMetrics = async (_: string, points: readonly MetricPoint[]) => void stored.push(...points);
  const how = { path, redactor: createRedactor([]), tell: (newest: string) => void told.push(newest) };
  const following = followMetrics({ appendMetrics }, 'a-run', how, new AbortController().signal);
  await vi.waitFor(() => expect(told).toEqual(['step 2: loss 0.4']), { timeout: 5000 });
  await appendFile(path, 'no JSON\n{"step": 3, "a": 0.123456, "b": 2, "c": 3, "d": 4}\n');
  await following.stop();
  expect(told).toEqual(['step 2: loss 0.4']);
  expect(stored.map(({ name, step, value }) => [name, step, value])).toEqual([
    ['loss', 1, 0.512345],
    ['loss', 2, 0.4],
    ['a', 3, 0.123456],
    ['b', 3, 2],
    ['c', 3, 3],
    ['d', 3, 4],
  ]);
});

it('tells three numbers of a step, shortened', () => {
  const point = (name: string, value: number) => ({ name, step: 3, value, at: '2026-01-01T00:00:00.000Z' });
  const points = [point('a', 0.123456), point('b', 2), point('c', 3), point('d', 4)];
  expect(metricWords([{ ...point('a', 1), step: 2 }, ...points])).toBe('step 3: a 0.1235, b 2, c 3');
});
