import { describe, expect, it } from 'vitest';
import { type Figure, figureLine, isMissed, quantile } from '../../../scripts/bench/figures.js';

const figure: Figure = { what: 'a join', value: 2, unit: 's', limit: 5 };

describe('a figure', () => {
  it('is missed above its limit, and not at it or without one', () => {
    expect(isMissed({ ...figure, value: 5.1 })).toBe(true);
    expect(isMissed({ ...figure, value: 5 })).toBe(false);
    expect(isMissed({ what: 'rows', value: 9, unit: 'rows' })).toBe(false);
  });

  it('is told as a share of its limit and of its peer', () => {
    const line = figureLine({ ...figure, peer: { name: 'pandas', value: 4 } });
    expect(line).toMatch(/^a join +2 s +0\.40 of the limit of 5 s; 0\.50 times pandas \(4 s\)$/);
    expect(figureLine({ ...figure, value: 10 })).toMatch(/2\.00 of the limit of 5 s; MISSED$/);
  });
});

describe('a quantile', () => {
  it('is the smallest value that so many do not exceed', () => {
    const values = [5, 1, 4, 2, 3];
    expect([0, 0.5, 0.95, 1].map((at) => quantile(values, at))).toEqual([1, 3, 5, 5]);
    expect(values).toEqual([5, 1, 4, 2, 3]);
  });

  it('of nothing is no number', () => {
    expect(quantile([], 0.5)).toBeNaN();
  });
});
