import { describe, expect, it } from 'vitest';
import { halfBits, halfValue } from '../../../inference/codec/half.js';

describe('binary16', () => {
  it.each([
    [0, 0x0000],
    [-0, 0x8000],
    [1, 0x3c00],
    [-2, 0xc000],
    [0.5, 0x3800],
    [65_504, 0x7bff],
    [2 ** -14, 0x0400],
    [2 ** -24, 0x0001],
    [2 ** -14 - 2 ** -24, 0x03ff],
    [Number.POSITIVE_INFINITY, 0x7c00],
    [Number.NEGATIVE_INFINITY, 0xfc00],
  ])('has %d as its bits, and back', (value, bits) => {
    expect(halfBits(value)).toBe(bits);
    expect(halfValue(bits)).toBe(value);
  });

  it.each([
    [0.1, 0x2e66],
    [1 + 2 ** -11, 0x3c00],
    [1 + 3 * 2 ** -11, 0x3c02],
    [2047.9999, 0x6800],
    [2 ** -25, 0x0000],
    [2 ** -25 * 1.001, 0x0001],
    [65_519.99, 0x7bff],
    [65_520, 0x7c00],
    [-1e9, 0xfc00],
  ])('has the nearest to %d, the even one of two', (value, bits) => {
    expect(halfBits(value)).toBe(bits);
  });

  it('has every one of its values as its own bits, and NaN as one', () => {
    const wrong = Array.from({ length: 0x1_0000 }, (_, bits) => bits).filter((bits) => {
      const value = halfValue(bits);
      return Number.isNaN(value) ? halfBits(value) !== 0x7e00 : halfBits(value) !== bits;
    });
    expect(wrong).toEqual([]);
  });
});
