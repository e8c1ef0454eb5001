import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ServedMinute } from '../../../domain/ports/served-minutes.js';
import { createMinuteMeter } from '../../../serving/record/minute-meter.js';

const began = Date.UTC(2026, 0, 1, 10, 0, 30);
const delay = { model: 'delay', version: '3' };

beforeEach(() => void vi.useFakeTimers({ now: began }));
afterEach(() => void vi.useRealTimers());

function openMeter(room = () => true) {
  const told: ServedMinute[][] = [];
  const lost: number[] = [];
  const meter = createMinuteMeter({
    endpointOf: (model) => (model === 'delay' ? 'flights/web' : null),
    keep: async (minutes) => {
      if (room()) told.push([...minutes]);
      return room();
    },
    onLost: (minutes) => lost.push(minutes),
  });
  return { meter, told, lost };
}

describe('a meter of minutes', () => {
  it('tells of a minute when it is over, version by version, and of the one that is not at the end', async () => {
    const { meter, told } = openMeter();
    meter.counts.answered(delay, 10, 0.4);
    meter.counts.answered(delay, 1, 30);
    meter.counts.refused(delay);
    meter.counts.failed({ ...delay, version: '4' });
    await vi.advanceTimersByTimeAsync(30_000);
    const [minute, other] = told[0] ?? [];
    expect(minute).toMatchObject({
      ...{ endpoint: 'flights/web', model: 'delay', version: '3', at: '2026-01-01T10:00:00.000Z' },
      ...{ answered: 2, rows: 11, refused: 1, failed: 0, sumMs: 30.4 },
    });
    expect(minute?.counts[0]).toBe(1);
    expect(minute?.counts[6]).toBe(1);
    expect(other).toMatchObject({ version: '4', answered: 0, failed: 1, server: minute?.server });
    meter.counts.answered(delay, 1, 1);
    await meter.close();
    expect(told[1]).toMatchObject([{ at: '2026-01-01T10:01:00.000Z', answered: 1 }]);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(told).toHaveLength(2);
  });

  it('tells nothing of a minute in which nothing was asked, nor of a model of no endpoint', async () => {
    const { meter, told } = openMeter();
    meter.counts.answered({ model: 'other', version: '1' }, 1, 1);
    await vi.advanceTimersByTimeAsync(600_000);
    await meter.close();
    expect(told).toEqual([]);
  });

  it('gives no two minutes one beginning, also where the clock is set back', async () => {
    const { meter, told } = openMeter();
    for (let minute = 0; minute < 3; minute += 1) {
      meter.counts.answered(delay, 1, 1);
      vi.setSystemTime(began);
      await vi.advanceTimersByTimeAsync(180_000);
    }
    await meter.close();
    const times = told.flat().map(({ at }) => at);
    expect(times).toHaveLength(3);
    expect(new Set(times).size).toBe(3);
  });

  it('keeps what it finds no room for and tells it later; what is too much is said to be lost', async () => {
    let isRoom = false;
    const { meter, told, lost } = openMeter(() => isRoom);
    for (let minute = 0; minute < 1002; minute += 1) {
      meter.counts.answered(delay, 1, 1);
      await vi.advanceTimersByTimeAsync(60_000);
    }
    expect(lost).toEqual([1, 1]);
    isRoom = true;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(told).toHaveLength(1);
    expect(told[0]).toHaveLength(1000);
    await meter.close();
    expect(lost).toEqual([1, 1]);
  });

  it('counts what an application counts by its series, and no more than two hundred of them', async () => {
    const { meter, told } = openMeter();
    for (const value of [2, 3]) meter.counts.custom(delay, 'app_hits{kind="a"}', 'counter', value);
    meter.counts.custom(delay, 'app_queue', 'gauge', 7);
    for (let at = 0; at < 300; at += 1) meter.counts.custom(delay, `app_${at}`, 'gauge', at);
    await meter.close();
    const custom = told[0]?.[0]?.custom ?? {};
    expect(custom['app_hits{kind="a"}']).toEqual({ kind: 'counter', count: 2, sum: 5, last: 3 });
    expect(custom['app_queue']).toEqual({ kind: 'gauge', count: 1, sum: 7, last: 7 });
    expect(Object.keys(custom)).toHaveLength(200);
  });
});
