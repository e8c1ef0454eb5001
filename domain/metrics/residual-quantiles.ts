import type { BlockResamples } from '../stats/block-resamples.js';
import { percentileInterval } from '../stats/percentile-interval.js';
import { quantileOfSorted } from '../stats/quantile.js';
import { sortOrder } from '../stats/sort-order.js';
import { type Metrics, measured } from './metric-value.js';
import type { ScoredRows } from './rows.js';

const shares = {
  residualP05: 0.05,
  residualP25: 0.25,
  residualP50: 0.5,
  residualP75: 0.75,
  residualP95: 0.95,
} as const;

/** Label minus prediction, one a row. */
export function residualsOf({ label, score }: ScoredRows): Float64Array {
  return label.map((truth, row) => truth - (score[row] ?? 0));
}

/**
 * Five quantiles of the residuals. With `resamples` each carries the interval of a bootstrap over blocks.
 *
 * @param rows at least one
 */
export function residualQuantileMetrics(rows: ScoredRows, resamples: BlockResamples | undefined): Metrics {
  const residuals = residualsOf(rows);
  const order = sortOrder(residuals);
  const ascending = Float64Array.from(order, (row) => residuals[row] ?? 0);
  const block = Int32Array.from(order, (row) => rows.block[row] ?? 0);
  const drawn = resamples ? resampledQuantiles(ascending, block, resamples) : [];
  return Object.fromEntries(
    Object.entries(shares).map(([name, share], index) => {
      const value = quantileOfSorted(ascending, share);
      const resampled = drawn.map((values) => values?.[index]);
      return [name, measured(value, ascending.length, percentileInterval(value, resampled))];
    }),
  );
}

function resampledQuantiles(
  ascending: Float64Array,
  block: Int32Array,
  { blocks, resamples, weights }: BlockResamples,
): (number[] | undefined)[] {
  const sizes = new Float64Array(blocks);
  for (const id of block) sizes[id] = (sizes[id] ?? 0) + 1;
  return Array.from({ length: resamples }, (_, resample) => {
    const drawn = weights.subarray(resample * blocks, (resample + 1) * blocks);
    const size = sizes.reduce((sum, rows, id) => sum + rows * (drawn[id] ?? 0), 0);
    return size === 0 ? undefined : weightedQuantiles(ascending, block, drawn, size);
  });
}

/** The quantiles of sorted values that are each there as often as their block was drawn, `size` in all. */
function weightedQuantiles(
  ascending: Float64Array,
  block: Int32Array,
  weights: Uint16Array,
  size: number,
): number[] {
  const positions = Object.values(shares).map((share) => (size - 1) * share);
  const wanted = positions.flatMap((position) => [Math.floor(position), Math.ceil(position)]);
  const found = new Map<number, number>();
  let place = 0;
  let reached = weights[block[0] ?? 0] ?? 0;
  for (const index of wanted.sort((left, right) => left - right)) {
    while (reached <= index) reached += weights[block[++place] ?? 0] ?? 0;
    found.set(index, ascending[place] ?? 0);
  }
  return positions.map((position) => {
    const low = found.get(Math.floor(position)) ?? 0;
    const high = found.get(Math.ceil(position)) ?? low;
    return low + (high - low) * (position - Math.floor(position));
  });
}
