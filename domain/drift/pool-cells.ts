/** Categories that are expected less often than this share a cell. */
const leastExpected = 5;

/** Counts of two samples over cells that are large enough for the chi-square approximation. */
export interface PooledCells {
  readonly reference: readonly number[];
  readonly current: readonly number[];
  /** Cells that stand for a single category; the others went into one cell together, or into the last of these. */
  readonly kept: number;
}

/**
 * Pools the cells that are expected fewer than 5 times in the smaller sample, as the chi-square approximation asks
 * (Cochran, Biometrics 1954). The pool joins the last large cell where it is itself too small to stand alone.
 *
 * @param before counts by category
 * @param after counts by category, the same ones
 */
export function poolCells(before: Float64Array, after: Float64Array): PooledCells {
  const n = sum(before);
  const m = sum(after);
  const scale = n + m === 0 ? 0 : Math.min(n, m) / (n + m);
  const reference: number[] = [];
  const current: number[] = [];
  const pool = { reference: 0, current: 0 };
  before.forEach((count, bin) => {
    const other = after[bin] ?? 0;
    if ((count + other) * scale >= leastExpected) {
      reference.push(count);
      current.push(other);
    } else {
      pool.reference += count;
      pool.current += other;
    }
  });
  const kept = reference.length;
  if (kept > 0 && (pool.reference + pool.current) * scale < leastExpected) {
    reference[kept - 1] = (reference[kept - 1] ?? 0) + pool.reference;
    current[kept - 1] = (current[kept - 1] ?? 0) + pool.current;
    return { reference, current, kept };
  }
  return { reference: [...reference, pool.reference], current: [...current, pool.current], kept };
}

const sum = (counts: Float64Array) => counts.reduce((total, count) => total + count, 0);
