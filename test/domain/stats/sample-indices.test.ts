import { describe, expect, it } from 'vitest';
import { sampleIndices } from '../../../domain/stats/sample-indices.js';
import { seededRandom } from '../../../domain/stats/seeded-random.js';

describe('sampleIndices', () => {
  it('gives all indices when there are not more than asked for', () => {
    expect([...sampleIndices(3, 5, seededRandom(1))]).toEqual([0, 1, 2]);
    expect([...sampleIndices(0, 5, seededRandom(1))]).toEqual([]);
  });

  it('draws different indices, ascending', () => {
    const drawn = [...sampleIndices(1000, 200, seededRandom(1))];
    expect(new Set(drawn).size).toBe(200);
    expect(drawn).toEqual([...drawn].sort((left, right) => left - right));
    expect(drawn.every((index) => index >= 0 && index < 1000)).toBe(true);
  });

  it('draws every index equally often', () => {
    const random = seededRandom(5);
    const counts = new Array<number>(6).fill(0);
    for (let round = 0; round < 6000; round++) {
      for (const index of sampleIndices(6, 2, random)) counts[index] = (counts[index] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(150);
  });

  it('refuses a count that is no whole number', () => {
    expect(() => sampleIndices(-1, 2, seededRandom(1))).toThrow(
      'count must be a whole number from 0 up, came -1',
    );
    expect(() => sampleIndices(9, 1.5, seededRandom(1))).toThrow('size must be a whole number');
  });
});
