import { describe, expect, it } from 'vitest';
import { compareRow, createReplayTally } from '../../../../domain/monitoring/replay/replay-tally.js';

describe('a recorded row beside the same of today', () => {
  it.each<[unknown, readonly (number | bigint | string | boolean)[], boolean, boolean]>([
    [0.1, [0.1], true, true],
    [0, [-0], true, true],
    [0.1, [0.1 + 1e-9], false, true],
    [0.1, [0.1 + 2e-6], false, false],
    [1e9, [1e9 + 10], false, true],
    [null, [Number.NaN], true, true],
    [null, [0], false, false],
    ['Infinity', [Number.POSITIVE_INFINITY], true, true],
    ['-Infinity', [Number.POSITIVE_INFINITY], false, false],
    [7, [7n], true, true],
    [7, [8n], false, false],
    [true, [true], true, true],
    ['late', ['early'], false, false],
    [[0.2, 0.8], [0.2, 0.8], true, true],
    [[0.2, 0.8], [0.2], false, false],
    [0.5, [], false, false],
  ])('%s and %s', (stored, replayed, isEqual, isWithin) => {
    expect(compareRow({ y: stored }, { y: replayed })).toMatchObject({ isEqual, isWithin });
  });

  it('names the output that is furthest', () => {
    const { worst } = compareRow({ a: 0.5, b: 0.5 }, { a: [0.6], b: [0.9] });
    expect(worst).toMatchObject({ output: 'b', stored: '0.5', replayed: '0.9' });
  });

  it('of many the twenty furthest are kept', () => {
    const tally = createReplayTally();
    for (let row = 0; row < 100; row += 1)
      tally.add({ predictionId: 'a', row }, compareRow({ y: 0 }, { y: [row] }));
    expect(tally.counts).toEqual({ compared: 100, equal: 1, differing: 99 });
    expect(tally.worst()).toHaveLength(20);
    expect(tally.worst()[0]).toMatchObject({ row: 99, difference: 99 });
  });
});
