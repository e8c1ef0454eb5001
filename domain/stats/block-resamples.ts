import type { Random } from './seeded-random.js';

/**
 * How often each block is drawn in each resample of a block bootstrap. `weights` is row-major: the weight of block
 * `b` in resample `r` is `weights[r * blocks + b]`; every row sums to `blocks`.
 */
export interface BlockResamples {
  readonly blocks: number;
  readonly resamples: number;
  readonly weights: Uint16Array;
}

/**
 * Draws blocks with replacement, `blocks` of them for each resample. Rows of a block (a day, say) share what made
 * that block special; drawing whole blocks keeps it together, and intervals become as wide as they should be.
 *
 * @param blocks number of blocks, 0 or more
 * @param resamples number of resamples, 0 or more
 * @throws RangeError when either is not a whole number from 0 up
 * Source: Efron and Tibshirani, "An Introduction to the Bootstrap" (1993), chapter 8; cost O(blocks x resamples).
 * @example drawBlockResamples(2, 1, () => 0).weights // Uint16Array [2, 0]
 */
export function drawBlockResamples(blocks: number, resamples: number, random: Random): BlockResamples {
  for (const [name, value] of Object.entries({ blocks, resamples })) {
    if (!Number.isInteger(value) || value < 0) {
      throw new RangeError(`${name} must be a whole number from 0 up, came ${value}`);
    }
  }
  const weights = new Uint16Array(blocks * resamples);
  for (let start = 0; start < weights.length; start += blocks) {
    for (let draw = 0; draw < blocks; draw++) {
      const at = start + Math.floor(random() * blocks);
      weights[at] = (weights[at] ?? 0) + 1;
    }
  }
  return { blocks, resamples, weights };
}
