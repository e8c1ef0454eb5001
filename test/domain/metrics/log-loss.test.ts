import { expect, it } from 'vitest';
import { binaryEntropy, logLossOf } from '../../../domain/metrics/log-loss.js';

it('of a wrong certainty is clipped as scikit-learn does', () => {
  expect(logLossOf(0)).toBeCloseTo(36.04365338911715, 12);
  expect(logLossOf(1)).toBeCloseTo(2.220446049250313e-16, 20);
  expect(logLossOf(0.5)).toBeCloseTo(Math.LN2, 12);
});

it('entropy is largest when even and nothing when certain', () => {
  expect(binaryEntropy(0.5)).toBeCloseTo(Math.LN2, 12);
  expect(binaryEntropy(0)).toBe(0);
  expect(binaryEntropy(1)).toBe(0);
});
