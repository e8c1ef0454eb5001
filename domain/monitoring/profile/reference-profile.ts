import type { CategoryBins } from '../../drift/category-bins.js';
import type { EmpiricalDistribution } from '../../drift/empirical.js';
import type { LearnedThreshold } from '../learned-threshold.js';
import type { ColumnLook } from '../skew/column-look.js';

/** One column as a reference froze it. JSON-safe. */
export type ColumnProfile =
  | {
      readonly kind: 'numeric';
      readonly distribution: EmpiricalDistribution;
      readonly look: ColumnLook;
      readonly threshold: LearnedThreshold;
    }
  | {
      readonly kind: 'categorical';
      readonly bins: CategoryBins;
      /** Counts of the bins. */
      readonly counts: readonly number[];
      readonly look: ColumnLook;
      readonly threshold: LearnedThreshold;
    };

/** What later windows are judged by: inputs as the model was made from, and scores of rows that it was not made from. */
export interface ReferenceProfile {
  readonly format: 1;
  /** Rows of the reference: those of training and validation. */
  readonly rows: number;
  /** Inputs, by name. */
  readonly columns: Readonly<Record<string, ColumnProfile>>;
  /** Scores of the test rows; null for a model without any. */
  readonly scores: ColumnProfile | null;
  /** Whole windows of the reference that limits were learned from. */
  readonly windows: number;
}
