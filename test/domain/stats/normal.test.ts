import { describe, expect, it } from 'vitest';
import { normalCdf } from '../../../domain/stats/normal-cdf.js';
import { normalQuantile } from '../../../domain/stats/normal-quantile.js';

/** scipy.stats.norm.cdf, scipy 1.17. */
const cdf: readonly (readonly [number, number])[] = [
  [-8, 6.22096057427174e-16],
  [-5, 2.866515718791933e-7],
  [-3.5, 0.00023262907903552502],
  [-3, 0.0013498980316300933],
  [-1, 0.15865525393145707],
  [-0.1, 0.460172162722971],
  [0, 0.5],
  [0.5, 0.6914624612740131],
  [1.959963984540054, 0.975],
  [3, 0.9986501019683699],
  [4, 0.9999683287581669],
];

/** scipy.stats.norm.ppf, scipy 1.17. */
const ppf: readonly (readonly [number, number])[] = [
  [1e-12, -7.034483825301131],
  [1e-5, -4.264890793922825],
  [0.02, -2.053748910631823],
  [0.025, -1.9599639845400545],
  [0.3, -0.5244005127080409],
  [0.5, 0],
  [0.9, 1.2815515655446004],
  [0.975, 1.959963984540054],
  [0.9999, 3.719016485455709],
];

describe('normalCdf', () => {
  it.each(cdf)('at %f agrees with scipy to 1e-12 of the value', (z, expected) => {
    expect(Math.abs(normalCdf(z) / expected - 1)).toBeLessThan(1e-12);
  });

  it('is 0 and 1 at the infinities and refuses NaN', () => {
    expect(normalCdf(Number.NEGATIVE_INFINITY)).toBe(0);
    expect(normalCdf(Number.POSITIVE_INFINITY)).toBe(1);
    expect(() => normalCdf(Number.NaN)).toThrow('z must be a number, came NaN');
  });
});

describe('normalQuantile', () => {
  it.each(ppf)('at %f agrees with scipy to 1e-12', (probability, expected) => {
    expect(Math.abs(normalQuantile(probability) - expected)).toBeLessThan(1e-12);
  });

  it.each([0, 1, -0.1, Number.NaN])('refuses %f', (probability) => {
    expect(() => normalQuantile(probability)).toThrow('strictly between 0 and 1');
  });
});
