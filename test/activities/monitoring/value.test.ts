import { describe, expect, it } from 'vitest';
import { declaredWatches } from '../../../activities/endpoints/declared-endpoints.js';
import type { ModelConfig } from '../../../domain/config/model.js';
import { monitoringSchema } from '../../../domain/config/monitoring.js';
import type { TrafficRow } from '../../../domain/ports/watches.js';
import { day, openWatchRoom } from './watch-room.js';

const monitoring = {
  windows: { every: '1 day', lateness: '1 hour', idle: '6 hours' },
  truth: { every: '1 day', from: '1970-01-01', lateness: '1 hour', idle: '6 hours' },
};
const value = {
  unit: 'EUR',
  outcomes: { rightAlarm: 40, falseAlarm: -5, missed: -60, rightSilence: 1 },
};

/** Of ten rows: 2 right alarms, 1 false one, 1 missed, 5 right silences, and 1 whose truth is not known. */
function tenKinds(row: TrafficRow, at: number): TrafficRow {
  const kind = at % 10;
  const isLate = kind < 2 || kind === 3;
  const told = { source: 'airline', truth: isLate, reward: null, receivedAt: row.eventAt, delayMs: 1 };
  return { ...row, outputs: { score: kind < 3 ? 0.8 : 0.2 }, truths: kind === 9 ? [] : [told] };
}

describe('a window of truth of an endpoint whose value is declared', () => {
  it('keeps what its rows with a truth were worth, beside the better constant answer', async () => {
    const room = await openWatchRoom({ ...monitoring, value });
    room.serve(0, { spoil: tenKinds });
    await room.look(day(2));
    const [window] = await room.windows('truth');
    // Ten rows are worth 80 - 5 - 60 + 5 = 20, always 1: 120 - 30 = 90, always 0: -180 + 6.
    const { numbers, evidence } = window ?? { numbers: {} as Record<string, number>, evidence: undefined };
    expect(numbers).toMatchObject({ labelled: 450, 'value:rows': 450, 'value:sum': 50 * 20 });
    expect(numbers).toMatchObject({ 'value:perRow': 20 / 9, 'value:gain': 50 * (20 - 90) });
    expect(numbers['value:baseline']).toBeCloseTo(10, 12);
    expect(evidence && (await room.blobs.getJson(evidence))).toMatchObject({
      value: { by: { unit: 'EUR' }, constant: 1, answers: { rows: 450, sum: 1000 } },
    });
  });

  it('keeps that it has none yet where no truth is known', async () => {
    const room = await openWatchRoom({ ...monitoring, value });
    room.serve(0, { labelled: 0 });
    await room.look(day(2));
    const [{ numbers } = { numbers: {} }] = await room.windows('truth');
    expect(numbers).toMatchObject({ 'value:rows': 0 });
    expect(numbers).not.toHaveProperty('value:sum');
  });

  it('says nothing of it where none is declared, and lets it decide no condition of quality', async () => {
    const room = await openWatchRoom(monitoring);
    room.serve(0, { spoil: tenKinds });
    await room.look(day(2));
    const [{ numbers, verdicts } = { numbers: {}, verdicts: {} }] = await room.windows('truth');
    expect(Object.keys(numbers).filter((name) => name.includes('value'))).toEqual([]);
    const valued = await openWatchRoom({ ...monitoring, value });
    valued.serve(0, { spoil: tenKinds });
    await valued.look(day(2));
    expect((await valued.windows('truth'))[0]?.verdicts).toEqual(verdicts);
  });
});

describe('the watch of a model', () => {
  it('carries the value that its file declares, and none where it declares none', () => {
    const file = { serving: { web: {} }, monitoring: monitoringSchema.parse({}) } as unknown as ModelConfig;
    const costs = { trainingMinute: 0, servingMinute: 0 };
    const files = (model: ModelConfig) => ({ files: new Map([['delay', model]]) });
    const [valued] = declaredWatches(files({ ...file, value: { ...value, costs } }));
    expect(valued?.config).toEqual({ ...monitoringSchema.parse({}), value: { ...value, costs } });
    expect(declaredWatches(files(file))[0]?.config).not.toHaveProperty('value');
  });
});
