import { evaluateTask } from '../../domain/metrics/evaluate.js';
import type { SplitInput } from '../../domain/metrics/evaluation-input.js';
import { seededRandom } from '../../domain/stats/seeded-random.js';
import { type BenchReport, quantile } from './figures.js';

const rows = 100_000;
const rounds = 3;

/** The evaluation of a binary classifier whose test split has 100,000 rows in 90 days, by 20 slices. */
export async function benchEvaluation(): Promise<BenchReport> {
  const splits = { train: madeSplit(10_000, 1), validation: madeSplit(10_000, 2), test: madeSplit(rows, 3) };
  const seconds: number[] = [];
  let slices = 0;
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now();
    slices = evaluateTask({ task: 'classification', splits, seed: 7 }).slices.length;
    seconds.push((performance.now() - began) / 1000);
  }
  return {
    name: 'evaluation',
    about: `all metrics with their intervals on ${rows} test rows, ${slices} slices, and 10,000 rows each to train and validate`,
    figures: [{ what: 'one evaluation, longest of three', value: quantile(seconds, 1), unit: 's', limit: 5 }],
    notes: [],
  };
}

/** Labels that are 1 with a probability of which the score is a noisy guess; days one after the other. */
function madeSplit(count: number, seed: number): SplitInput {
  const random = seededRandom(seed);
  const truth = Float64Array.from({ length: count }, random);
  const each = (text: (row: number) => string) => Array.from(truth, (_, row) => text(row));
  return {
    label: truth.map((probability) => (random() < probability ? 1 : 0)),
    score: truth.map((probability) => 0.8 * probability + 0.2 * random()),
    block: each((row) => `day ${Math.floor((row * 90) / count)}`),
    slices: {
      carrier: each((row) => `carrier ${row % 16}`),
      origin: each((row) => `origin ${Math.floor(row / 7) % 4}`),
    },
  };
}
