import type { BlockResamples } from '../stats/block-resamples.js';
import type { Confusion } from './confusion.js';
import type { Curves } from './curves.js';
import type { Finding, SplitName } from './evaluation.js';
import type { SplitInput } from './evaluation-input.js';
import type { MetricName } from './metric-catalogue.js';
import type { Metrics } from './metric-value.js';

/** Which metrics tell whether a model learned too much, too little or nothing. */
export interface FitMetrics {
  /** Compared between train and test, and with the baseline on train. */
  readonly gap: MetricName;
  /** Compared with the baseline on test. */
  readonly gain: MetricName;
}

/** How one task is judged. `Rows` is what it needs of each row. */
export interface TaskMethod<Rows extends { readonly block: Int32Array }> {
  readonly metricNames: readonly MetricName[];
  /** Absent where a better number on train says nothing. */
  readonly fit?: FitMetrics;
  /**
   * Checks the columns of a split and gives its rows, in order.
   *
   * @throws RatchetError `MODEL_INTERFACE`, `MODEL_RUN`, `DATA_TYPE`
   */
  readonly read: (input: SplitInput, split: SplitName) => Rows;
  /** Whether a row has what the metrics need; others are left out and counted. */
  readonly isLabelled: (rows: Rows, row: number) => boolean;
  readonly take: (rows: Rows, indices: Uint32Array) => Rows;
  /** Learns what must not be learned on test: the threshold, the constant answer. */
  readonly judge: (train: Rows, validation: Rows, seed: number) => Judge<Rows>;
}

/** A task's metrics with what was learned from train and validation. */
export interface Judge<Rows> {
  readonly threshold?: number;
  readonly findings: readonly Finding[];
  readonly metrics: (rows: Rows, resamples: BlockResamples) => Metrics;
  readonly baseline: (rows: Rows) => Metrics;
  /** What is drawn of a split. */
  readonly pictures: (rows: Rows) => { readonly confusion?: Confusion; readonly curves?: Curves };
}

/** For numbers that need no resampled interval. */
export const noResamples: BlockResamples = { blocks: 0, resamples: 0, weights: new Uint16Array() };
