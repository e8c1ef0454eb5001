/** Rows with a label and a number that the model gave them. Arrays are parallel, one element a row. */
export interface ScoredRows {
  readonly label: Float64Array;
  readonly score: Float64Array;
  /** Dense ids from 0 of the block each row belongs to. */
  readonly block: Int32Array;
}

/** Rows with an anomaly score; the label is NaN where nobody knows. */
export interface AnomalyRows extends ScoredRows {
  /** 1 where the model called the row an anomaly, else 0; absent when it only scores. */
  readonly assigned?: Int32Array;
}

/** Rows with the class they have and the class they were given. */
export interface ClassRows {
  /** Class indices from 0. */
  readonly label: Float64Array;
  readonly assigned: Int32Array;
  /** Row-major, `classes` numbers a row; absent when the model gives none. */
  readonly probabilities?: Float64Array;
  readonly classes: number;
  readonly block: Int32Array;
}

/** Rows with the cluster they were given. */
export interface ClusterRows {
  readonly assigned: Int32Array;
  /** Row-major, `width` numbers a row; absent when the caller has none. */
  readonly features?: Float64Array;
  readonly width: number;
  readonly block: Int32Array;
}

/** The rows at `indices` of a row-major array with `width` numbers a row. */
export function takeRowsOf(values: Float64Array, width: number, indices: Uint32Array): Float64Array {
  const taken = new Float64Array(indices.length * width);
  for (let place = 0; place < indices.length; place++) {
    const from = (indices[place] ?? 0) * width;
    for (let column = 0; column < width; column++) {
      taken[place * width + column] = values[from + column] ?? 0;
    }
  }
  return taken;
}

/** The whole numbers at `indices`. */
export function takeIds(values: Int32Array, indices: Uint32Array): Int32Array {
  return Int32Array.from(indices, (row) => values[row] ?? 0);
}

/** The scored rows at `indices`. */
export function takeScored(rows: ScoredRows, indices: Uint32Array): ScoredRows {
  return {
    label: takeRowsOf(rows.label, 1, indices),
    score: takeRowsOf(rows.score, 1, indices),
    block: takeIds(rows.block, indices),
  };
}
