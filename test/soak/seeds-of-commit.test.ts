import { expect, it } from 'vitest';
import { seedsOf } from '../../scripts/soak/seeds-of-commit.js';

it('gives other seeds for another commit, and the same for the same', () => {
  expect(seedsOf('00000a00000b00000c0ffee')).toEqual([10, 11, 12]);
  expect(seedsOf('1b32e91000000ffffff')).toEqual([0x1b32e9, 0x100000, 0x0fffff]);
});

it('takes nothing but a commit id', () => {
  expect(() => seedsOf('HEAD')).toThrow('"HEAD" is no commit id');
});
