import { expect, it } from 'vitest';
import type { TrafficRow } from '../../../domain/ports/watches.js';
import { day, openWatchRoom } from './watch-room.js';

const lines = {
  windows: { every: '1 day', lateness: '1 hour', idle: '6 hours' },
  truth: { every: '1 day', from: '1970-01-01', lateness: '1 hour', idle: '6 hours' },
};

/** As a host records it: a digest of one input, and another not at all. */
const hidden = (row: TrafficRow): TrafficRow => {
  const { kind, y: _, ...inputs } = row.inputs;
  return { ...row, inputs: { ...inputs, kind: `masked:${String(kind).repeat(32)}` } };
};

it('inputs that are not recorded as they came open no incident, and stand nowhere in what is told', async () => {
  const record = { mask: ['kind'], drop: ['y'], key: 'secret://mask-key' };
  const room = await openWatchRoom({ ...lines, record });
  for (const ordinal of [0, 1, 2, 3]) {
    room.serve(ordinal, { spoil: hidden });
    await room.look();
  }
  await room.look(day(5));
  expect(await room.incidents()).toEqual([]);
  const windows = await room.windows('inputs');
  expect(windows.at(-1)).toMatchObject({ verdict: 'pass', verdicts: { 'column:x': 'pass' } });
  const told = JSON.stringify([
    windows,
    ...(await Promise.all(windows.map(({ evidence }) => room.blobs.getJson(evidence)))),
  ]);
  expect(told).not.toMatch(/masked|kind:|column:(y|kind)|"column":"(y|kind)"/);
});
