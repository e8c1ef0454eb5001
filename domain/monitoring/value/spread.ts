import { confidenceLevel, type Interval } from '../../stats/interval.js';
import { normalQuantile } from '../../stats/normal-quantile.js';

/** Numbers of rows, as far as they are needed to add them up. */
export interface Spread {
  readonly rows: number;
  readonly sum: number;
  /** Standard deviation of the sample (ddof 1); 0 for fewer than two rows. */
  readonly deviation: number;
}

/** The mean of fewer rows is not as good as normal. */
const leastRows = 30;
const quantile = normalQuantile((1 + confidenceLevel) / 2);

export function spreadOf(values: Float64Array): Spread {
  const rows = values.length;
  const sum = values.reduce((total, value) => total + value, 0);
  const mean = sum / rows;
  const squares = values.reduce((total, value) => total + (value - mean) ** 2, 0);
  return { rows, sum, deviation: rows < 2 ? 0 : Math.sqrt(squares / (rows - 1)) };
}

/** As if the rows of all had been looked at together. */
export function pooled(spreads: readonly Spread[]): Spread {
  const rows = spreads.reduce((total, one) => total + one.rows, 0);
  const sum = spreads.reduce((total, one) => total + one.sum, 0);
  const squares = spreads.reduce((total, one) => {
    if (one.rows === 0) return total;
    const apart = one.sum / one.rows - sum / rows;
    return total + (one.rows - 1) * one.deviation ** 2 + one.rows * apart ** 2;
  }, 0);
  return { rows, sum, deviation: rows < 2 ? 0 : Math.sqrt(squares / (rows - 1)) };
}

/** The 95 % interval of what one row is worth, by the normal distribution; null for fewer than 30 rows. */
export function intervalOfMean({ rows, sum, deviation }: Spread): Interval | null {
  if (rows < leastRows) return null;
  const [mean, half] = [sum / rows, (quantile * deviation) / Math.sqrt(rows)];
  return { low: mean - half, high: mean + half };
}
