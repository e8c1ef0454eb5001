import type { Interval } from '../stats/interval.js';
import type { Verdict } from '../verdict.js';
import type { SourceShare, TruthLeftOut } from './counted-truth.js';
import type { EstimateEvidence } from './estimate-quality.js';
import type { FirstWindowEvidence } from './first-window.js';
import type { LabelDelay } from './label-delay.js';
import type { MultivariateEvidence } from './multivariate.js';
import type { OutcomeEvidence } from './outcomes.js';
import type { OutlierEvidence } from './outliers.js';
import type { ScoreShares } from './score-shares.js';
import type { SkewFinding } from './skew/skew-finding.js';
import type { RealisedValue } from './value/realised-value.js';
import type { LossEvidence } from './watch-loss.js';
import type { MonitorWindow } from './window.js';

/** Inputs by when they were asked about, and quality by the same time once its truth has come. */
export const watchLines = ['inputs', 'truth'] as const;
export type WatchLine = (typeof watchLines)[number];

/** One input of a window beside its reference. */
export interface ColumnEvidence {
  readonly column: string;
  readonly measure: 'KS' | "Cramer's V";
  /** Null where it could not be told. */
  readonly distance: number | null;
  readonly limit: number;
  /** Whether the limit was learned from enough windows to be trusted. */
  readonly isCalibrated: boolean;
  readonly pAdjusted: number | null;
  /** Of this window alone. */
  readonly verdict: Verdict;
  readonly text: string;
}

/** What a window of inputs looked like. */
export interface InputsEvidence {
  readonly line: 'inputs';
  readonly window: MonitorWindow;
  readonly rows: number;
  readonly skew: readonly SkewFinding[];
  readonly columns: readonly ColumnEvidence[];
  /** The predictions themselves, as a column. */
  readonly predictions: ColumnEvidence | null;
  /** All columns together. Null where it is turned off, and where the reference's own windows lie apart. */
  readonly multivariate: MultivariateEvidence | null;
  /** Null where it is turned off, and for a model without numeric inputs. */
  readonly outliers: OutlierEvidence | null;
  /** Beside the validation rows; null once a window of the version was as they are. */
  readonly firstWindow: FirstWindowEvidence | null;
  /** Null where there is no score, or the reference has none. */
  readonly scores: ScoreShares | null;
  /** Quality before its truth is in; null where it is turned off, and where no score is a probability. */
  readonly estimated: EstimateEvidence | null;
}

/** What turned out of a window. */
export interface TruthEvidence {
  readonly line: 'truth';
  readonly window: MonitorWindow;
  readonly rows: number;
  /** Rows whose truth is known, and counts. */
  readonly labelled: number;
  /** Who told how much of it, those who told most first. */
  readonly sources: readonly SourceShare[];
  /** Rows with a truth that does not count, by why. */
  readonly leftOut: TruthLeftOut;
  /** By name; those that cannot be told are left out. */
  readonly metrics: Readonly<Record<string, number>>;
  /** Their 95 % intervals, where they have one. */
  readonly intervals: Readonly<Record<string, Interval>>;
  /** Null where no truth is known. */
  readonly delay: LabelDelay | null;
  /** The same over this window and those before, each weighing as many rows as had their truth. */
  readonly trailing: Readonly<Record<string, number | null>>;
  readonly conditions: readonly {
    readonly name: string;
    readonly verdict: Verdict;
    readonly text: string;
  }[];
  /** Null where it is turned off, and for a model that is no classification. */
  readonly outcomes: OutcomeEvidence | null;
  /** The loss row by row; null where it is turned off, and where it says nothing of this model. */
  readonly concept: LossEvidence | null;
  /** Null where it is not declared what a row is worth. */
  readonly value: RealisedValue | null;
}

export type WindowEvidence = InputsEvidence | TruthEvidence;
