import fc from 'fast-check';
import { expect, it } from 'vitest';
import { histogram } from '../../../domain/stats/histogram.js';

it('counts the left edge into a bin, the last edge into the last one and the rest beside them', () => {
  expect(histogram([-1, 0, 0.5, 1, 2, 9], 0, 2, 2)).toEqual({
    edges: [0, 1, 2],
    counts: [2, 2],
    below: 1,
    above: 1,
  });
});

it('loses no value', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 })),
      fc.integer({ min: 1, max: 30 }),
      (values, bins) => {
        const { counts, below, above } = histogram(values, -10, 10, bins);
        expect(counts.reduce((sum, count) => sum + count, below + above)).toBe(values.length);
      },
    ),
  );
});

it('refuses an empty range and no bins', () => {
  expect(() => histogram([], 1, 1, 2)).toThrow('low must be less than high, came 1 and 1');
  expect(() => histogram([], 0, 1, 0)).toThrow('bins must be 1 or more, came 0');
});
