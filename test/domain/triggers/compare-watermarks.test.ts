import { describe, expect, it } from 'vitest';
import { compareWatermarks, isFurther } from '../../../domain/triggers/compare-watermarks.js';

describe('watermarks of a source', () => {
  it.each([
    ['9', '10'],
    ['-10', '-9'],
    ['9007199254740992', '9007199254740993'],
    ['9.5', '10'],
    ['2024-05-01 09:00:00', '2024-05-01 10:00:00'],
    ['2024-05-01 09:00:00+00', '2024-05-01 09:00:00.5+00'],
    ['day=2024-05-01/a.parquet', 'day=2024-05-02/a.parquet'],
  ])('have %s before %s', (a, b) => {
    expect([compareWatermarks(a, b), compareWatermarks(b, a), compareWatermarks(a, a)]).toEqual([-1, 1, 0]);
  });

  it('are further by their value, and by late rows where that stays', () => {
    expect(isFurther({ value: '10', inLateness: 0 }, { value: '9', inLateness: 7 })).toBe(true);
    expect(isFurther({ value: '9', inLateness: 7 }, { value: '10', inLateness: 0 })).toBe(false);
    expect(isFurther({ value: '9', inLateness: 8 }, { value: '9', inLateness: 7 })).toBe(true);
    expect(isFurther({ value: '9', inLateness: 7 }, { value: '9', inLateness: 7 })).toBe(false);
  });
});
