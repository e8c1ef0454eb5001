import { expect, it } from 'vitest';
import type { TruthEvidence } from '../../../domain/monitoring/window-evidence.js';
import type { JudgedWindow } from '../../../domain/ports/watches.js';
import { day, openWatchRoom } from './watch-room.js';

it('metrics over several windows pass over those whose data was wrong, and take older ones instead', async () => {
  const room = await openWatchRoom({
    windows: { every: '1 day', lateness: '1 hour', idle: '6 hours' },
    truth: { every: '1 day', from: '1970-01-01', lateness: '1 hour', idle: '6 hours', trailing: 3 },
  });
  // Of the fourth day the unit is another one, and the answers are bad.
  for (let ordinal = 0; ordinal < 6; ordinal += 1) {
    room.serve(ordinal, ordinal === 3 ? { unit: 1000, right: 0.5 } : { right: 0.9 });
    await room.look(day(ordinal + 2));
  }
  const inputs = await room.windows('inputs');
  expect(inputs.map(({ verdicts }) => Object.keys(verdicts).some((of) => of.startsWith('skew:')))).toEqual(
    [0, 1, 2, 3, 4, 5].map((ordinal) => ordinal === 3),
  );
  const truth = await room.windows('truth');
  const trailing = await Promise.all(
    truth.map(async ({ evidence }) => ((await room.blobs.getJson(evidence)) as TruthEvidence).trailing),
  );
  const accuracy = ({ numbers }: JudgedWindow) => numbers['accuracy'] ?? Number.NaN;
  const mean = (...ordinals: number[]) => {
    const windows = ordinals.flatMap((ordinal) => truth[ordinal] ?? []);
    return windows.reduce((sum, window) => sum + accuracy(window), 0) / windows.length;
  };
  expect(trailing.slice(0, 2).map((of) => of['accuracy'])).toEqual([null, null]);
  expect(trailing[2]?.['accuracy']).toBeCloseTo(mean(0, 1, 2), 12);
  expect(trailing[4]?.['accuracy']).toBeCloseTo(mean(1, 2, 4), 12);
  expect(trailing[5]?.['accuracy']).toBeCloseTo(mean(2, 4, 5), 12);
});
