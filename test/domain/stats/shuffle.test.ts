import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partitionRows } from '../../../domain/stats/partition-rows.js';
import { seededRandom } from '../../../domain/stats/seeded-random.js';
import { shuffled } from '../../../domain/stats/shuffle.js';

describe('shuffled', () => {
  it('holds the same rows, leaves the given ones alone, and is the same for the same seed', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000)), fc.integer(), (rows, seed) => {
        const given = Object.freeze(rows.slice());
        const order = shuffled(given, seededRandom(seed));
        expect(Array.from(order).toSorted()).toEqual(rows.toSorted());
        expect(shuffled(given, seededRandom(seed))).toEqual(order);
      }),
    );
  });

  it('gives each order about equally often', () => {
    const random = seededRandom(3);
    const seen = new Map<string, number>();
    for (let time = 0; time < 6000; time += 1) {
      const order = shuffled([0, 1, 2], random).join();
      seen.set(order, (seen.get(order) ?? 0) + 1);
    }
    expect(seen.size).toBe(6);
    for (const times of seen.values()) expect(Math.abs(times - 1000)).toBeLessThan(150);
  });
});

describe('partitionRows', () => {
  it('puts rows that go first in front, as many as it says', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(1000)), fc.nat(1000), (given, below) => {
        const rows = Uint32Array.from(given);
        const middle = partitionRows(rows, (row) => row < below);
        expect(Array.from(rows.subarray(0, middle))).toEqual(given.filter((row) => row < below));
        expect(Array.from(rows.subarray(middle)).toSorted()).toEqual(
          given.filter((row) => row >= below).toSorted(),
        );
      }),
    );
  });
});
