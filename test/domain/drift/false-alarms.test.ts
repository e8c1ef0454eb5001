import { describe, expect, it } from 'vitest';
import { chiSquareTest } from '../../../domain/drift/chi-square.js';
import { empiricalDistribution } from '../../../domain/drift/empirical.js';
import { compareWithEmpirical } from '../../../domain/drift/empirical-distance.js';
import { proportionTest } from '../../../domain/drift/proportion-test.js';
import { twoSampleKs } from '../../../domain/drift/two-sample-ks.js';
import { type Random, seededRandom } from '../../../domain/stats/seeded-random.js';
import { bandOf } from './made-samples.js';

const repeats = 2000;
const alpha = 0.05;

/** The share of repeats in which a test of two samples of one distribution alarms. */
function alarmRate(seed: number, pValueOf: (random: Random) => number): number {
  const random = seededRandom(seed);
  let alarms = 0;
  for (let repeat = 0; repeat < repeats; repeat += 1) if (pValueOf(random) < alpha) alarms += 1;
  return alarms / repeats;
}

function expectNominal(rate: number): void {
  const { low, high } = bandOf(alpha, repeats);
  expect(rate).toBeGreaterThanOrEqual(low);
  expect(rate).toBeLessThanOrEqual(high);
}

const counts = (random: Random, rows: number, bins: number) => {
  const table = new Float64Array(bins);
  for (let row = 0; row < rows; row += 1) {
    const bin = Math.floor(random() * bins);
    table[bin] = (table[bin] ?? 0) + 1;
  }
  return table;
};
const uniforms = (random: Random, rows: number) => Float64Array.from({ length: rows }, random);

describe('without any shift a test alarms as often as its level says', () => {
  it.each([
    [500, 500, 5],
    [500, 500, 20],
    [1000, 200, 5],
  ])('homogeneity of %d against %d rows in %d bins', (n, m, bins) => {
    expectNominal(
      alarmRate(n + m + bins, (random) => {
        const test = chiSquareTest([counts(random, n, bins), counts(random, m, bins)]);
        return test?.pValue ?? Number.NaN;
      }),
    );
  });

  it.each([
    [500, 500],
    [1009, 211],
    [211, 2003],
  ])('Kolmogorov-Smirnov of %d against %d values', (n, m) => {
    expectNominal(alarmRate(n + m, (random) => twoSampleKs(uniforms(random, n), uniforms(random, m)).pValue));
  });

  it('two shares of 2000 against 500 rows', () => {
    expectNominal(
      alarmRate(3, (random) => {
        const [p, q] = [counts(random, 2000, 4), counts(random, 500, 4)];
        const test = proportionTest({ count: p[0] ?? 0, rows: 2000 }, { count: q[0] ?? 0, rows: 500 });
        return test?.pValue ?? Number.NaN;
      }),
    );
  });

  it('a window of 500 values against a frozen distribution that holds points only', () => {
    expectNominal(
      alarmRate(4, (random) => {
        // A fresh reference for each repeat would cost more than the test: its share of the distance is small.
        const reference = repeatedReference(random);
        return compareWithEmpirical(reference, uniforms(random, 500)).distance?.pValue ?? Number.NaN;
      }),
    );
  });
});

const references = new Map<number, ReturnType<typeof empiricalDistribution>>();
function repeatedReference(random: Random) {
  const at = Math.floor(random() * 40);
  const known = references.get(at) ?? empiricalDistribution(uniforms(seededRandom(900 + at), 10_000));
  references.set(at, known);
  return known;
}
