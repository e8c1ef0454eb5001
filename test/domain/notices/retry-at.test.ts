import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { retryAt } from '../../../domain/notices/retry-at.js';

const hourMs = 3_600_000;
const letter = fc.uuid();

/** When each try of a letter is that fails each time at once. */
function triesOf(id: string): readonly number[] {
  const tries = [0];
  for (;;) {
    const next = retryAt(id, tries.length, tries.at(-1) ?? 0);
    if (next === null) return tries;
    tries.push(next);
  }
}

describe('a letter that is not taken', () => {
  it('is tried again for at least 3 days, and not for ever', () => {
    fc.assert(
      fc.property(letter, (id) => {
        const tries = triesOf(id);
        expect(tries.length).toBe(20);
        expect(tries.at(-1)).toBeGreaterThan(72 * hourMs);
        expect(tries.at(-1)).toBeLessThan(100 * hourMs);
      }),
    );
  });

  it('waits 10 seconds at first, longer each time, and 6 hours at most, give or take a fifth', () => {
    fc.assert(
      fc.property(letter, (id) => {
        const tries = triesOf(id);
        const pauses = tries.slice(1).map((at, index) => at - (tries[index] ?? 0));
        const plain = pauses.map((_, index) => Math.min(6 * hourMs, 10_000 * 3 ** index));
        pauses.forEach((pause, index) => {
          expect(pause).toBeGreaterThanOrEqual(plain[index] ?? 0);
          expect(pause).toBeLessThanOrEqual((plain[index] ?? 0) * 1.2 + 1);
        });
      }),
    );
  });

  it('is tried at the same times whenever that is asked, and at others than another letter', () => {
    fc.assert(
      fc.property(letter, letter, fc.integer({ min: 1, max: 19 }), (one, other, attempts) => {
        expect(retryAt(one, attempts, 5)).toBe(retryAt(one, attempts, 5));
        fc.pre(one !== other);
        expect(triesOf(one)).not.toEqual(triesOf(other));
      }),
    );
  });

  it('spreads what failed together over the fifth', () => {
    const shares = Array.from({ length: 2000 }, (_, index) => {
      const id = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
      return ((retryAt(id, 5, 0) ?? 0) / 810_000 - 1) / 0.2;
    });
    const counts = Array.from(
      { length: 10 },
      (_, tenth) => shares.filter((s) => Math.floor(s * 10) === tenth).length,
    );
    expect(Math.min(...counts)).toBeGreaterThan(120);
    expect(Math.max(...counts)).toBeLessThan(280);
  });

  it('leaves a receiver alone as long as it asks, but not for more than 6 hours', () => {
    expect(retryAt('a', 1, 1000, hourMs)).toBe(1000 + hourMs);
    expect(retryAt('a', 1, 1000, 1)).toBe(retryAt('a', 1, 1000));
    expect(retryAt('a', 1, 1000, 1e12)).toBe(1000 + 6 * hourMs);
    expect(retryAt('a', 20, 1000, hourMs)).toBeNull();
  });
});
