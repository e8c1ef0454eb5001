import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { timeOfPredictionId } from '../../../domain/predictions/prediction-id.js';
import { newPredictionId } from '../../../serving/record/prediction-ids.js';
import { Recorder, type WhenFull } from '../../../serving/record/recorder.js';
import { Spool } from '../../../serving/record/spool.js';
import { answered } from '../../recording/answered-rows.js';

const folders: string[] = [];
const spools: Spool[] = [];
afterEach(async () => {
  for (const spool of spools.splice(0)) {
    await spool.flushed();
    spool.close();
  }
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function open(whenFull: WhenFull, mostBytes: number) {
  const folder = mkdtempSync(join(tmpdir(), 'ratchet spool '));
  folders.push(folder);
  const troubles: unknown[] = [];
  const spool = new Spool({
    ...{ folder, mostBytes, segmentBytes: 1e6, segmentMs: 3_600_000 },
    onDue: () => undefined,
    onClosed: () => undefined,
    onTrouble: (error) => troubles.push(error),
  });
  spools.push(spool);
  return {
    spool,
    recorder: new Recorder(spool, whenFull, (error) => troubles.push(error)),
    troubles,
    folder,
  };
}

/** Until nothing goes in any more; how many did. */
async function fill(recorder: Recorder): Promise<number> {
  for (let count = 0; ; count += 1) {
    const id = await recorder.record(answered(count)).catch(() => undefined);
    if (id === undefined) return count;
  }
}

test('a full spool drops and counts, and nobody waits for it', async () => {
  const { spool, recorder } = open('drop-and-count', 4000);
  const count = await fill(recorder);
  expect(count).toBeGreaterThan(5);
  recorder.requireRoom();
  expect(await recorder.record(answered(1))).toBe(undefined);
  expect(recorder.counts()).toMatchObject({ spooled: count, dropped: 2, refused: 0 });
  expect(spool.bytes).toBeLessThanOrEqual(4000);
});

test('a full spool refuses requests before they are computed where that is wanted, until there is room again', async () => {
  const { spool, recorder } = open('refuse', 4000);
  const count = await fill(recorder);
  expect(() => recorder.requireRoom()).toThrow(/no room to record/);
  await expect(recorder.record(answered(1))).rejects.toMatchObject({ code: 'OVERLOADED' });
  expect(recorder.counts()).toMatchObject({ spooled: count, dropped: 0, refused: 3 });
  await spool.flushed();
  for (const { name } of spool.undelivered()) spool.removed(name, 0);
  expect(await recorder.record(answered(1))).toMatch(/^[0-9a-f-]{36}$/);
});

test('an answer larger than all of the spool is dropped alone', async () => {
  const { recorder } = open('drop-and-count', 4000);
  const asked = [answered(1), answered(...Array<number>(10_000).fill(2)), answered(3)];
  const ids = await Promise.all(asked.map((answer) => recorder.record(answer)));
  expect(ids.map((id) => id === undefined)).toEqual([false, true, false]);
  expect(recorder.counts()).toMatchObject({ spooled: 2, dropped: 1, refused: 0 });
});

test.each(['drop-and-count', 'refuse'] as const)(
  'a disk that cannot be written is told, and counts as full: %s',
  async (whenFull) => {
    const { recorder, troubles, folder } = open(whenFull, 1e6);
    rmSync(folder, { recursive: true });
    const settled = await Promise.allSettled(
      [answered(1), answered(2)].map((answer) => recorder.record(answer)),
    );
    expect(settled.map(({ status }) => status)).toEqual(
      Array(2).fill(whenFull === 'refuse' ? 'rejected' : 'fulfilled'),
    );
    expect(troubles).toHaveLength(1);
    const { spooled, dropped, refused } = recorder.counts();
    expect([spooled, dropped + refused]).toEqual([0, 2]);
  },
);

test('ids rise within a process, tell their time, and never repeat', () => {
  const now = Date.UTC(2126, 0, 2, 3, 4, 5, 678);
  const ids = [...Array.from({ length: 9000 }, () => newPredictionId(now)), newPredictionId(now - 5000)];
  expect(timeOfPredictionId(ids[0] ?? '')).toBe('2126-01-02T03:04:05.678Z');
  expect(ids).toEqual(ids.toSorted());
  expect(new Set(ids).size).toBe(9001);
  for (const id of ids) expect(timeOfPredictionId(id)).not.toBe(null);
  expect(timeOfPredictionId('')).toBe(null);
  expect(timeOfPredictionId('6b7d9a2e-0000-4000-8000-000000000000')).toBe(null);
  expect(timeOfPredictionId('ffffffff-ffff-7000-8000-000000000000')).toBe(null);
});
