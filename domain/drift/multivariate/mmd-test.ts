import type { UndefinedMetric } from '../../metrics/metric-value.js';
import { undefinedMetric } from '../../metrics/metric-value.js';
import type { Random } from '../../stats/seeded-random.js';
import type { DriftSample } from '../column-shift.js';
import { kernelOf } from './median-kernel.js';
import { sampledTable } from './sampled-table.js';
import { standardisedRows } from './standardised-rows.js';

/** The maximum mean discrepancy of two samples, tested by permutation. */
export interface MmdTest {
  readonly kind: 'value';
  /** Unbiased estimate of the squared discrepancy; about 0, of either sign, where nothing moved. */
  readonly statistic: number;
  /** `(k + 1) / (permutations + 1)`, never 0: k permutations were at least as far apart. */
  readonly pValue: number;
  /** Width of the kernel: the median distance of two rows, in standard deviations of the reference. */
  readonly bandwidth: number;
  /** Rows of either side that were looked at. */
  readonly n: number;
  readonly m: number;
}

/** Rows of a side that are looked at: cost and memory grow with their square. */
export const mostMmdRows = 500;

const leastMmdRows = 20;

/**
 * Kernel two-sample test over all numeric columns at once:
 * `MMD^2 = mean k(x, x') + mean k(y, y') - 2 mean k(x, y)` with `k(x, y) = exp(-|x - y|^2 / (2 w^2))`.
 * Columns are measured in standard deviations of the reference; null is the mean, infinities are 8 deviations away,
 * categories are left out.
 *
 * @param samples the columns of both sides
 * @param random decides which rows are drawn and how they are permuted
 * @returns a reason with fewer than 20 rows a side, without numeric columns, or where all rows are equal
 * @throws RangeError where the columns of a side differ in length
 * Source: Gretton and others, Journal of Machine Learning Research 2012; the p-value of Phipson and Smyth (2010).
 */
export function mmdTest(
  samples: Readonly<Record<string, DriftSample>>,
  random: Random,
  permutations = 199,
): MmdTest | UndefinedMetric {
  const sampled = sampledTable(samples, mostMmdRows, random);
  const { n, m } = sampled;
  const rows = standardisedRows(sampled);
  if (rows.width === 0) return undefinedMetric('there are no numeric columns');
  if (Math.min(n, m) < leastMmdRows)
    return undefinedMetric(`too few: ${n} and ${m} rows, at least ${leastMmdRows} a side are needed`);
  const { kernel, bandwidth } = kernelOf(rows, n + m);
  if (bandwidth === 0) return undefinedMetric('more than half of the rows are equal');
  const order = Uint32Array.from({ length: n + m }, (_, row) => row);
  const discrepancy = discrepancyOf(kernel, n, m);
  const statistic = discrepancy(order);
  let atLeast = 0;
  for (let permutation = 0; permutation < permutations; permutation++) {
    chooseFirst(order, n, random);
    if (discrepancy(order) >= statistic) atLeast++;
  }
  return { kind: 'value', statistic, pValue: (atLeast + 1) / (permutations + 1), bandwidth, n, m };
}

/** The discrepancy between the first `n` rows of an order and the rest: one sum within the first rows decides it. */
function discrepancyOf(kernel: Float64Array, n: number, m: number): (order: Uint32Array) => number {
  const rows = n + m;
  const rowSums = new Float64Array(rows);
  for (let row = 0; row < rows; row++)
    for (let other = 0; other < rows; other++)
      rowSums[row] = (rowSums[row] ?? 0) + (kernel[row * rows + other] ?? 0);
  const all = rowSums.reduce((sum, value) => sum + value, 0);
  return (order) => {
    let within = 0;
    let ofFirst = 0;
    for (let place = 0; place < n; place++) {
      const from = (order[place] ?? 0) * rows;
      ofFirst += rowSums[order[place] ?? 0] ?? 0;
      for (let other = 0; other < place; other++) within += kernel[from + (order[other] ?? 0)] ?? 0;
    }
    const first = 2 * within;
    const across = ofFirst - first;
    const second = all - first - 2 * across;
    return first / (n * (n - 1)) + second / (m * (m - 1)) - (2 * across) / (n * m);
  };
}

/** Fills the first `n` places with a random choice of all rows. */
function chooseFirst(order: Uint32Array, n: number, random: Random): void {
  for (let place = 0; place < n; place++) {
    const other = place + Math.floor(random() * (order.length - place));
    const held = order[place] ?? 0;
    order[place] = order[other] ?? 0;
    order[other] = held;
  }
}
