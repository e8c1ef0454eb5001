import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawBlockResamples } from '../../../domain/stats/block-resamples.js';
import { resampledTotals, sumByBlock, totalOf } from '../../../domain/stats/block-sums.js';
import { percentileInterval } from '../../../domain/stats/percentile-interval.js';
import { seededRandom } from '../../../domain/stats/seeded-random.js';

const sumsOf = (values: ArrayLike<number>, block: Int32Array) =>
  sumByBlock(block, 2, (sums, at, row) => {
    sums[at] = (sums[at] ?? 0) + 1;
    sums[at + 1] = (sums[at + 1] ?? 0) + (values[row] ?? 0);
  });

const meanInterval = (values: ArrayLike<number>, block: Int32Array, blocks: number, seed: number) => {
  const table = sumsOf(values, block);
  const [rows = 0, sum = 0] = totalOf(table);
  const resamples = drawBlockResamples(blocks, 200, seededRandom(seed));
  const means = resampledTotals(table, resamples).map(([n = 0, total = 0]) =>
    n === 0 ? undefined : total / n,
  );
  return percentileInterval(sum / rows, means);
};

describe('drawBlockResamples', () => {
  it('draws as many blocks as there are, for each resample, the same for the same seed', () => {
    const drawn = drawBlockResamples(7, 50, seededRandom(3));
    for (let resample = 0; resample < 50; resample++) {
      const row = drawn.weights.subarray(resample * 7, resample * 7 + 7);
      expect(row.reduce((sum, weight) => sum + weight, 0)).toBe(7);
    }
    expect(drawn).toEqual(drawBlockResamples(7, 50, seededRandom(3)));
    expect(drawn).not.toEqual(drawBlockResamples(7, 50, seededRandom(4)));
  });

  it('draws nothing from no blocks and refuses what is no count', () => {
    expect(drawBlockResamples(0, 3, seededRandom(1)).weights).toHaveLength(0);
    expect(() => drawBlockResamples(1.5, 3, seededRandom(1))).toThrow('blocks must be a whole number');
    expect(() => drawBlockResamples(2, -3, seededRandom(1))).toThrow('resamples must be a whole number');
  });
});

describe('sumByBlock', () => {
  it('adds rows under their block, also when ids are far apart', () => {
    const table = sumsOf([1, 2, 3], Int32Array.of(0, 4, 0));
    expect([...table.blocks]).toEqual([0, 4]);
    expect([...table.sums]).toEqual([2, 4, 1, 2]);
    expect([...totalOf(table)]).toEqual([3, 6]);
  });

  it('of no rows is empty and totals to zero', () => {
    const table = sumsOf([], new Int32Array());
    expect(table.blocks).toHaveLength(0);
    expect([...totalOf(table)]).toEqual([0, 0]);
  });
});

describe('a bootstrap over blocks', () => {
  it('resampled totals are what repeating the rows of each drawn block would give', () => {
    const values = [5, 1, 7, 2];
    const resamples = { blocks: 3, resamples: 1, weights: Uint16Array.of(2, 0, 1) };
    const [total] = resampledTotals(sumsOf(values, Int32Array.of(0, 0, 1, 2)), resamples);
    expect([...(total ?? [])]).toEqual([5, 14]);
  });

  it('covers the true mean about 95 times in 100 when rows are independent', () => {
    let covered = 0;
    for (let round = 0; round < 300; round++) {
      const random = seededRandom(1000 + round);
      const values = Array.from({ length: 400 }, () => random());
      const block = Int32Array.from(values, (_, row) => Math.floor(row / 8));
      const { low = 1, high = 0 } = meanInterval(values, block, 50, round) ?? {};
      if (low <= 0.5 && 0.5 <= high) covered++;
    }
    expect(covered / 300).toBeGreaterThan(0.9);
    expect(covered / 300).toBeLessThan(0.985);
  });

  it('is wider when the rows of a block share their luck, where single rows would be too sure', () => {
    const random = seededRandom(9);
    const luck = Array.from({ length: 40 }, () => random());
    const values = Array.from(
      { length: 4000 },
      (_, row) => (luck[Math.floor(row / 100)] ?? 0) + 0.1 * random(),
    );
    const byBlock = meanInterval(
      values,
      Int32Array.from(values, (_, row) => Math.floor(row / 100)),
      40,
      1,
    );
    const byRow = meanInterval(
      values,
      Int32Array.from(values, (_, row) => row),
      4000,
      1,
    );
    const width = (interval: typeof byRow) => (interval?.high ?? 0) - (interval?.low ?? 0);
    expect(width(byBlock) / width(byRow)).toBeGreaterThan(5);
  });

  it('gives the same interval for the same seed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, min: -9, max: 9 }), { minLength: 10 }),
        fc.integer(),
        (values, seed) => {
          const block = Int32Array.from(values, (_, row) => row % 5);
          expect(meanInterval(values, block, 5, seed)).toEqual(meanInterval(values, block, 5, seed));
        },
      ),
    );
  });
});

describe('percentileInterval', () => {
  it('takes the quantiles of the resamples', () => {
    const { low, high } = percentileInterval(2, [3, 1, 2]) ?? { low: 0, high: 0 };
    expect(low).toBeCloseTo(1.05, 12);
    expect(high).toBeCloseTo(2.95, 12);
  });

  it('always holds the estimate', () => {
    expect(percentileInterval(0, [1, 2, 3])?.low).toBe(0);
    expect(percentileInterval(9, [1, 2, 3])?.high).toBe(9);
  });

  it('does not exist without resamples or when too many of them have no value', () => {
    expect(percentileInterval(1, [])).toBeUndefined();
    expect(percentileInterval(1, [1, 1, undefined])).toBeUndefined();
    expect(percentileInterval(1, [1, 1, 1, 1, 1, 1, 1, 1, 1, undefined])).toEqual({ low: 1, high: 1 });
  });
});
