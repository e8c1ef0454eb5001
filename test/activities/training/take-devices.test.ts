import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { runInStep, type StepAttempt } from '../../../activities/steps/current-step.js';
import { createDevicePool, type DeviceLease } from '../../../activities/training/device-pool.js';
import { takeDevices } from '../../../activities/training/take-devices.js';
import type { RunStore, Waiting } from '../../../domain/ports/runs.js';

let told: (Waiting | null)[];
const runs = {
  updateStep: async (_: string, __: string, ___: number, change: { waiting?: Waiting | null }) => {
    if (change.waiting !== undefined) told.push(change.waiting);
  },
} as unknown as RunStore;
beforeEach(() => {
  told = [];
});

/** What is told of a step is written in a moment, while the step lasts. */
const untilToldMs = 400;

const never = new AbortController().signal;

interface Asked {
  readonly count: number;
  readonly capacityDeadlineMs: number | null;
  readonly scheduledMsAgo?: number;
  readonly signal?: AbortSignal;
}

/** Takes devices as the training step of a run that was scheduled a while ago. */
function take(devices: ReturnType<typeof createDevicePool>, asked: Asked): Promise<DeviceLease> {
  const { count, capacityDeadlineMs, scheduledMsAgo = 0, signal = never } = asked;
  const attempt: StepAttempt = {
    runId: 'a-run',
    name: 'train',
    attempt: 1,
    scheduledAt: new Date(Date.now() - scheduledMsAgo).toISOString(),
    fence: 1,
    round: 0,
    before: {},
    inputs: {},
    reused: false,
    note: null,
  };
  const job = { configuration: { training: { devices: count } }, plan: { capacityDeadlineMs } };
  return runInStep(runs, attempt, async () => {
    const lease = await takeDevices({ devices }, job as never, signal);
    await sleep(untilToldMs);
    return lease;
  });
}

describe('a job that asks for devices of its worker', () => {
  it('has them at once where they are free, and has not waited', async () => {
    const pool = createDevicePool(['0', '1']);
    const lease = await take(pool, { count: 2, capacityDeadlineMs: 60_000, scheduledMsAgo: 120_000 });
    expect([lease.ids, told]).toEqual([['0', '1'], []]);
  });

  it('says that it waits and until when, and goes on as soon as they are given back', async () => {
    const pool = createDevicePool(['0', '1']);
    const other = await pool.acquire(1, never);
    const taken = take(pool, { count: 2, capacityDeadlineMs: 60_000, scheduledMsAgo: 20_000 });
    await expect.poll(() => told.length).toBe(1);
    const [waiting] = told;
    expect(waiting?.for).toBe('capacity: gpu, 2 free devices of 2');
    const leftMs = Date.parse(waiting?.until ?? '') - Date.parse(waiting?.since ?? '');
    expect(leftMs).toBeGreaterThan(35_000);
    expect(leftMs).toBeLessThanOrEqual(40_000);
    other.release();
    expect((await taken).ids.toSorted()).toEqual(['0', '1']);
    expect(told).toHaveLength(2);
    expect(told[1]).toBeNull();
  });

  it('waits no longer than what is left of its deadline, and leaves the devices to others', async () => {
    const pool = createDevicePool(['0', '1']);
    const other = await pool.acquire(1, never);
    for (const scheduledMsAgo of [0, 50_000]) {
      const taken = take(pool, { count: 2, capacityDeadlineMs: scheduledMsAgo + 50, scheduledMsAgo });
      await expect(taken).rejects.toMatchObject({
        code: 'CAPACITY_MISSING',
        message: expect.stringContaining('within training.capacityDeadlineMinutes'),
      });
    }
    other.release();
    expect((await pool.acquire(2, never)).ids).toHaveLength(2);
  });

  it('gives up with the reason of whoever stops it', async () => {
    const pool = createDevicePool(['0']);
    await pool.acquire(1, never);
    const stopping = new AbortController();
    const taken = take(pool, { count: 1, capacityDeadlineMs: 60_000, signal: stopping.signal });
    await expect.poll(() => told.length).toBe(1);
    stopping.abort(new Error('stopped'));
    await expect(taken).rejects.toThrow('stopped');
  });

  it('is refused at once where the worker has fewer than it asks for', async () => {
    const taken = take(createDevicePool(['0']), { count: 2, capacityDeadlineMs: 60_000 });
    await expect(taken).rejects.toMatchObject({ code: 'CAPACITY_MISSING' });
    expect(told).toEqual([]);
  });
});
