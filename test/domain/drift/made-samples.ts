import { normalQuantile } from '../../../domain/stats/normal-quantile.js';
import { type Random, seededRandom } from '../../../domain/stats/seeded-random.js';

/** Standard normal numbers, the same for the same seed. */
export const normal = (random: Random) => normalQuantile(random() * 0.999998 + 1e-6);

export function normals(seed: number, n: number, shift = 0): Float64Array {
  const random = seededRandom(seed);
  return Float64Array.from({ length: n }, () => normal(random) + shift);
}

/** Letters of `of`, each as often as it stands there. */
export function letters(seed: number, n: number, of: string): string[] {
  const random = seededRandom(seed);
  return Array.from({ length: n }, () => of[Math.floor(random() * of.length)] ?? '');
}

export const numeric = (reference: Float64Array, current: Float64Array) =>
  ({ kind: 'numeric', reference, current }) as const;
export const categorical = (reference: (string | null)[], current: (string | null)[]) =>
  ({ kind: 'categorical', reference, current }) as const;

/** The share of `repeats` in which something with probability `rate` happens lies within 4 standard errors of it. */
export function bandOf(rate: number, repeats: number): { low: number; high: number } {
  const reach = 4 * Math.sqrt((rate * (1 - rate)) / repeats);
  return { low: rate - reach, high: rate + reach };
}
