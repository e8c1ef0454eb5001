import type { CategoryBins } from '../../drift/category-bins.js';
import type { EmpiricalDistribution } from '../../drift/empirical.js';
import type { EstimateReference } from '../estimate-quality.js';
import type { LearnedThreshold } from '../learned-threshold.js';
import type { MultivariateReference } from '../multivariate.js';
import type { OutcomeReference } from '../outcomes.js';
import type { OutlierReference } from '../outliers.js';
import type { ColumnLook } from '../skew/column-look.js';
import type { RepeatedRows } from '../skew/repeated-rows.js';
import type { LossReference } from '../watch-loss.js';
import type { RowSample } from './row-sample.js';

/** One column as a reference froze it. JSON-safe. */
export type ColumnProfile =
  | {
      readonly kind: 'numeric';
      readonly distribution: EmpiricalDistribution;
      readonly look: ColumnLook;
      readonly mostNulls: number;
      readonly threshold: LearnedThreshold;
    }
  | {
      readonly kind: 'categorical';
      readonly bins: CategoryBins;
      /** Counts of the bins. */
      readonly counts: readonly number[];
      readonly look: ColumnLook;
      /** The largest share of nulls in one of the reference's own windows, or in all of it; 0..1. */
      readonly mostNulls: number;
      readonly threshold: LearnedThreshold;
    };

/** Of another format it is frozen anew. */
export const profileFormat = 3;

/** What later windows are judged by: inputs as the model was made from, and scores of rows that it was not made from. */
export interface ReferenceProfile {
  readonly format: typeof profileFormat;
  /** Rows of the reference: those of training and validation. */
  readonly rows: number;
  /** Inputs, by name. */
  readonly columns: Readonly<Record<string, ColumnProfile>>;
  /** Scores of the test rows; null for a model without any. */
  readonly scores: ColumnProfile | null;
  /** Whole windows of the reference that limits were learned from. */
  readonly windows: number;
  /** Rows of the reference, drawn by chance: what is told by all columns together is told beside them. */
  readonly sample: RowSample;
  /** How far a window may be from the sample; null where it is not looked at, or there is nothing to look at. */
  readonly multivariate: MultivariateReference | null;
  /** Null where they are not looked for, and for a model without numeric inputs. */
  readonly outliers: OutlierReference | null;
  /** Rows that the version was validated on, drawn by chance, and how far each column may lie from them; null without any. */
  readonly validation: {
    readonly sample: RowSample;
    readonly limits: Readonly<Record<string, number>>;
  } | null;
  readonly repeated: RepeatedRows;
  /** Null for a model that is no classification. */
  readonly outcomes: OutcomeReference | null;
  /** Null where quality cannot be estimated from scores. */
  readonly estimate: EstimateReference | null;
  /** Null where a detector of a rising loss is of no use, or turned off. */
  readonly loss: LossReference | null;
  /** Rows by hour of the day (UTC); null where they have no time. */
  readonly hours: readonly number[] | null;
}
