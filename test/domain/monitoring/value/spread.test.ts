import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { intervalOfMean, pooled, spreadOf } from '../../../../domain/monitoring/value/spread.js';

const numbers = fc.array(fc.double({ min: -1000, max: 1000, noNaN: true }), { maxLength: 30 });

describe('numbers of rows', () => {
  it('have a sum and the deviation of their sample', () => {
    expect(spreadOf(Float64Array.of(1, 2, 6))).toEqual({ rows: 3, sum: 9, deviation: Math.sqrt(7) });
    expect(spreadOf(Float64Array.of(4))).toEqual({ rows: 1, sum: 4, deviation: 0 });
    expect(spreadOf(Float64Array.of())).toEqual({ rows: 0, sum: 0, deviation: 0 });
  });

  it('added up are as those of all rows at once, however they are cut', () => {
    fc.assert(
      fc.property(fc.array(numbers, { maxLength: 6 }), (parts) => {
        const whole = spreadOf(Float64Array.from(parts.flat()));
        const added = pooled(parts.map((part) => spreadOf(Float64Array.from(part))));
        expect(added.rows).toBe(whole.rows);
        expect(added.sum).toBeCloseTo(whole.sum, 6);
        expect(added.deviation).toBeCloseTo(whole.deviation, 6);
      }),
    );
  });

  it('have an interval of their mean from 30 rows on', () => {
    const spread = { rows: 400, sum: 800, deviation: 10 };
    const { low, high } = intervalOfMean(spread) ?? { low: 0, high: 0 };
    expect(low).toBeCloseTo(2 - 0.979981992270027, 12);
    expect(high).toBeCloseTo(2 + 0.979981992270027, 12);
    expect(intervalOfMean({ ...spread, rows: 29 })).toBeNull();
  });
});
