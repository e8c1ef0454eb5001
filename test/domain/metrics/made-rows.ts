import type { SplitInput } from '../../../domain/metrics/evaluation-input.js';
import { seededRandom } from '../../../domain/stats/seeded-random.js';

interface MadeSplit extends SplitInput {
  readonly label: Float64Array;
  readonly score: Float64Array;
  readonly block: readonly string[];
  readonly slices: Readonly<Record<string, readonly string[]>>;
}

/**
 * Rows whose label is 1 with the probability that `score` states; `noise` (0..1) mixes that score with chance.
 * 20 days, three origins of which XNA has one row in a hundred.
 */
export function classificationSplit(rows: number, seed: number, noise = 0): MadeSplit {
  const random = seededRandom(seed);
  const truth = Float64Array.from({ length: rows }, () => random());
  return {
    label: truth.map((probability) => (random() < probability ? 1 : 0)),
    score: truth.map((probability) => (1 - noise) * probability + noise * random()),
    block: Array.from(truth, (_, row) => `day ${Math.floor((row * 20) / rows)}`),
    slices: {
      origin: Array.from(truth, (_, row) => (row % 100 === 0 ? 'XNA' : row % 2 === 0 ? 'JFK' : 'EWR')),
    },
  };
}

/** Labels around 100 that the prediction misses by up to `error` either way. */
export function regressionSplit(rows: number, seed: number, error = 1): MadeSplit {
  const random = seededRandom(seed);
  const label = Float64Array.from({ length: rows }, () => 100 + 10 * random());
  return {
    label,
    score: label.map((truth) => truth + error * (2 * random() - 1)),
    block: Array.from(label, (_, row) => `day ${row % 20}`),
    slices: { origin: Array.from(label, (_, row) => (row % 2 === 0 ? 'JFK' : 'EWR')) },
  };
}
