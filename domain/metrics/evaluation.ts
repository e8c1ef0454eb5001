import type { Confusion } from './confusion.js';
import type { Curves } from './curves.js';
import type { Metrics } from './metric-value.js';

/** What a model answers. */
export type EvaluationTask = 'classification' | 'multiclass' | 'regression' | 'anomaly' | 'clustering';

export const splitNames = ['train', 'validation', 'test'] as const;
export type SplitName = (typeof splitNames)[number];

/** The numbers of one split. */
export interface SplitEvaluation {
  /** Rows the metrics are about. */
  readonly rows: number;
  /** Rows left out because they have no label. */
  readonly unlabelled: number;
  readonly metrics: Metrics;
  /** The same metrics of a constant answer fitted on train; empty for tasks that have no such answer. */
  readonly baseline: Metrics;
  readonly confusion?: Confusion;
  readonly curves?: Curves;
}

/** The metrics of the test rows with one value in one column. */
export interface SliceEvaluation {
  readonly column: string;
  readonly value: string;
  readonly rows: number;
  readonly metrics: Metrics;
}

/**
 * What a reader should know before the numbers. `over-fitted`, `under-fitted` and `baseline` (no better than the
 * constant answer on test) speak about the model; `not-judged`, `unlabelled`, `threshold` and `slices-left-out` about
 * what the numbers can carry. Naming refuses nothing.
 */
export interface Finding {
  readonly kind:
    | 'over-fitted'
    | 'under-fitted'
    | 'baseline'
    | 'not-judged'
    | 'unlabelled'
    | 'threshold'
    | 'slices-left-out';
  /** One sentence with the numbers in it. */
  readonly text: string;
  /** The same numbers by name; all finite. */
  readonly numbers: Readonly<Record<string, number>>;
}

/** Everything the platform says about a model's answers. Plain JSON: no NaN, no typed array, nothing undefined. */
export interface Evaluation {
  readonly task: EvaluationTask;
  /**
   * Classification: a probability that reaches it is answered with 1 (tuned for F1 on validation). Anomaly: a score
   * above it is an anomaly (the 95th percentile of train), for models that only score. Absent elsewhere.
   */
  readonly threshold?: number;
  readonly splits: Readonly<Record<SplitName, SplitEvaluation>>;
  /** Columns as given, values ascending. */
  readonly slices: readonly SliceEvaluation[];
  readonly findings: readonly Finding[];
}
