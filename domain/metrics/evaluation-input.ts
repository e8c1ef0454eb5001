import type { EvaluationTask, SplitName } from './evaluation.js';

/**
 * The rows of one split, column by column: arrays are parallel, one element a row (`probabilities` and `features`
 * row-major with the same count of numbers for each row).
 */
export interface SplitInput {
  /**
   * Classification and anomaly: 0 or 1. Multiclass: class indices from 0. Regression: numbers. NaN where a row has no
   * label; such rows are left out and counted. Optional for anomaly, unused for clustering.
   */
  readonly label?: Float64Array;
  /**
   * Classification: probability of 1. Regression: prediction. Anomaly: score, higher meaning more anomalous. Unused
   * for multiclass and clustering.
   */
  readonly score?: Float64Array;
  /** Multiclass: predicted class (default: the most probable). Clustering: cluster. Anomaly: 1 where flagged, else 0. */
  readonly assigned?: Int32Array;
  /** Multiclass: probability of each class. */
  readonly probabilities?: Float64Array;
  /** Clustering: what distances are measured in. */
  readonly features?: Float64Array;
  /** Rows of one value (a day) are resampled together. Default: each row by itself. */
  readonly block?: Int32Array | readonly string[];
  /** Columns by whose values the test rows are judged apart. */
  readonly slices?: Readonly<Record<string, readonly string[]>>;
}

/** A model's answers on all splits. */
export interface EvaluationInput {
  readonly task: EvaluationTask;
  readonly splits: Readonly<Record<SplitName, SplitInput>>;
  /** Fewer rows in a slice (for the recall of a classification: fewer positive rows) are "too few". Default 100. */
  readonly sliceLeast?: number;
  /** The same seed gives the same intervals. */
  readonly seed: number;
  /** Default 200; 0 leaves out the intervals that need resampling. */
  readonly bootstrapResamples?: number;
}
