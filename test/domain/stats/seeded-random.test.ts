import { expect, it } from 'vitest';
import { seededRandom } from '../../../domain/stats/seeded-random.js';

const draw = (seed: number, count: number) => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, random);
};

it('gives the same stream for the same seed and another for its neighbour', () => {
  expect(draw(7, 5)).toEqual(draw(7, 5));
  expect(draw(7, 5)).not.toEqual(draw(8, 5));
});

it('keeps its stream for ever, since stored intervals depend on it', () => {
  expect(draw(1, 3)).toEqual([0.5636717735324055, 0.5851113414391875, 0.8959073920268565]);
});

it('fills [0, 1) evenly', () => {
  const values = draw(3, 100_000);
  const tenths = new Array<number>(10).fill(0);
  for (const value of values) tenths[Math.floor(value * 10)] = (tenths[Math.floor(value * 10)] ?? 0) + 1;
  const chiSquare = tenths.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
  expect(chiSquare).toBeLessThan(27.9);
  expect(Math.min(...values.slice(0, 1000))).toBeGreaterThanOrEqual(0);
});

it('shows no relation between neighbouring seeds', () => {
  const firsts = Array.from({ length: 2000 }, (_, seed) => draw(seed, 1)[0] ?? 0);
  const products = firsts.slice(1).map((value, index) => (value - 0.5) * ((firsts[index] ?? 0) - 0.5));
  const correlation = (12 * products.reduce((sum, value) => sum + value, 0)) / products.length;
  expect(Math.abs(correlation)).toBeLessThan(0.08);
});
