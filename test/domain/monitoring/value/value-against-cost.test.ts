import { describe, expect, it } from 'vitest';
import { valueAgainstCost } from '../../../../domain/monitoring/value/value-against-cost.js';
import { valueNumbers } from '../../../../domain/monitoring/value/value-numbers.js';
import { valueOverWindows } from '../../../../domain/monitoring/value/value-over-windows.js';

const by = { unit: 'EUR', outcomes: { rightAlarm: 4, falseAlarm: -1, missed: -6, rightSilence: 0 } };
const window = (rows: number, sum: number, gain: number, answered = rows) => ({
  rows: answered,
  numbers: valueNumbers({
    ...{ by, constant: 0 },
    answers: { rows, sum, deviation: 2 },
    gain: { rows, sum: gain, deviation: 1 },
  }),
});
const costs = { trainingMinute: 0.5, servingMinute: 0.01 };
const metered = {
  training: { runs: 2, ms: 600_000 },
  serving: { revisions: 1, replicaMs: 6_000_000 },
};

describe('the value of windows', () => {
  it('is that of their rows with a truth, beside how many were answered', () => {
    const found = valueOverWindows([window(100, 200, 50, 120), window(300, 0, -10, 300)], by);
    expect(found).toMatchObject({
      ...{ windows: { counted: 2, leftOut: 0 }, rows: { answered: 420, valued: 400 } },
      ...{ value: { sum: 200, perRow: 0.5 }, baseline: { sum: 160, perRow: 0.4 } },
      gain: { sum: 40, perRow: 0.1 },
    });
    const { low, high } = found.value ?? { low: null, high: null };
    // Squares within: 99 x 4 + 299 x 4; of the means 2 and 0 about 0.5: 100 x 2.25 + 300 x 0.25.
    const half = (1.959963984540054 * Math.sqrt((398 * 4 + 300) / 399)) / 20;
    expect(low).toBeCloseTo(0.5 - half, 10);
    expect(high).toBeCloseTo(0.5 + half, 10);
  });

  it('counts rows of a window as all versions answered them', () => {
    const { numbers, rows } = window(100, 200, 50, 120);
    const found = valueOverWindows([{ rows, numbers: { ...numbers, 'traffic:rows': 1000 } }], by);
    expect(found.rows).toEqual({ answered: 1000, valued: 100 });
  });

  it('leaves out windows that were judged without a declaration, or by another one', () => {
    const plain = { rows: 50, numbers: { labelled: 50 } };
    const found = valueOverWindows([window(100, 200, 50), plain], by);
    expect(found).toMatchObject({ windows: { counted: 1, leftOut: 1 }, rows: { answered: 100 } });
    const { windows, value } = valueOverWindows([window(100, 200, 50)], { ...by, unit: 'USD' });
    expect([windows, value]).toEqual([{ counted: 0, leftOut: 1 }, null]);
  });

  it('is not told where no truth is known, also where there is no window', () => {
    const untold = { value: null, baseline: null, gain: null };
    expect(valueOverWindows([window(0, 0, 0, 80)], by)).toMatchObject({
      ...untold,
      rows: { answered: 80, valued: 0 },
    });
    expect(valueOverWindows([], by)).toMatchObject({ ...untold, rows: { answered: 0, valued: 0 } });
  });
});

describe('value against cost', () => {
  it('takes the minutes of training and of every replica off what is known to have been earned', () => {
    const found = valueAgainstCost(valueOverWindows([window(100, 200, 50)], by), costs, metered);
    expect(found).toMatchObject({
      training: { runs: 2, minutes: 10, cost: 5 },
      serving: { minutes: 100, cost: 1 },
      ...{ cost: 6, net: 194 },
    });
  });

  it('is not told where rows were answered while nothing was there by the clock', () => {
    const none = { ...metered, serving: { revisions: 0, replicaMs: 0 } };
    const found = valueAgainstCost(valueOverWindows([window(100, 200, 50)], by), costs, none);
    expect(found).toMatchObject({ serving: null, cost: null, net: null, training: { cost: 5 } });
    const quiet = valueAgainstCost(valueOverWindows([], by), costs, none);
    expect(quiet).toMatchObject({ serving: { minutes: 0, cost: 0 }, cost: 5, net: null });
  });
});
