import type { EvaluationTask } from '../../metrics/evaluation.js';
import { sampleIndices } from '../../stats/sample-indices.js';
import { seededRandom } from '../../stats/seeded-random.js';
import type { Columns, ColumnValues } from '../column-values.js';
import { learnEstimate } from '../estimate-quality.js';
import { firstWindowLimits } from '../first-window.js';
import { learnThreshold } from '../learned-threshold.js';
import type { MultivariateMethod } from '../multivariate.js';
import { learnOutcomes } from '../outcomes.js';
import type { OutlierMethod } from '../outlier-model.js';
import { repeatedRows } from '../skew/repeated-rows.js';
import { eventsByHour } from '../skew/shifted-clock.js';
import { type LossDetector, learnLoss, type ScoredRows } from '../watch-loss.js';
import { windowDistances } from './column-limits.js';
import { freezeColumn } from './freeze-column.js';
import { besideOthers, learnMultivariate } from './learn-multivariate.js';
import { learnOutliers } from './learn-outliers.js';
import { type ColumnProfile, profileFormat, type ReferenceProfile } from './reference-profile.js';
import { keepRows } from './row-sample.js';
import { takeTable } from './take-rows.js';

export interface ProfileInput {
  /** Inputs of the model over the reference rows, by name; rows of validation last. */
  readonly columns: Columns;
  /** Rows of each whole window of the reference; empty where its rows have no time. */
  readonly windows: readonly Int32Array[];
  /** Labels of the reference rows of a classification, NaN where there is none. */
  readonly labels?: Float64Array | undefined;
  /** Test rows in the order of time; null for a model without scores. */
  readonly test: TestRows | null;
  /** A distance below this does not matter. */
  readonly floor: number;
  /** The first row of validation; left out where there are none. */
  readonly validationFrom?: number;
  /** ms since 1970, one a row, NaN where there is none; left out where rows have no time. */
  readonly times?: Float64Array | undefined;
  /** Inputs that may move without a word: they are not looked at together with the others. */
  readonly ignore?: readonly string[];
  /** How all inputs are looked at together. */
  readonly detectors: TogetherMethods;
}

export interface TogetherMethods {
  readonly multivariate: MultivariateMethod | 'off';
  readonly outliers: OutlierMethod | 'off';
}

/** What a model says of rows that it was not made from, and how that is judged. */
export interface TestRows extends ScoredRows {
  readonly task: EvaluationTask;
  /** From which score on a classification answers 1. */
  readonly threshold: number;
  readonly primary: string;
  readonly concept: LossDetector | 'off';
}

const sampledRows = 2000;
const validationRows = 1000;
const seed = 19;

/**
 * Freezes a reference: each column's distribution, as its limit the largest distance that one of the reference's own
 * windows has from the whole, and rows that windows are compared with as a whole. The same rows give the same profile.
 */
export function makeProfile(input: ProfileInput): ReferenceProfile {
  const { columns, windows, test, floor, ignore = [], times, labels, detectors } = input;
  const rows = Object.values(columns)[0]?.values.length ?? 0;
  const random = seededRandom(seed);
  const sample = sampleIndices(rows, sampledRows, random);
  const made = Object.entries(columns).flatMap(([name, column]) => {
    const profile = profileColumn(column, windows, floor);
    return profile ? [{ name, ...profile }] : [];
  });
  const together = Object.fromEntries(
    made.flatMap(({ name }) => (ignore.includes(name) || !columns[name] ? [] : [[name, columns[name]]])),
  );
  const furthest = furthestWindows(
    made.filter(({ name }) => !ignore.includes(name)).map(({ distances }) => distances),
    windows,
  );
  const from = input.validationFrom ?? rows;
  const validated = sampleIndices(rows - from, validationRows, random).map((row) => from + row);
  return {
    format: profileFormat,
    rows,
    columns: Object.fromEntries(made.map(({ name, profile }) => [name, profile])),
    scores: test && (profileColumn({ kind: 'numeric', values: test.scores }, [], floor)?.profile ?? null),
    windows: windows.length,
    sample: keepRows(together, sample),
    multivariate: isSeenBy(detectors.multivariate, together)
      ? learnMultivariate(
          detectors.multivariate,
          furthest.map((window) => () => besideOthers(together, window, sample)),
        )
      : null,
    outliers:
      detectors.outliers === 'off' ? null : learnOutliers(detectors.outliers, together, windows, sample),
    validation: validated.length === 0 ? null : validationOf(together, windows, validated),
    repeated: repeatedRows(columns),
    hours: times === undefined ? null : eventsByHour(times),
    outcomes: labels === undefined ? null : learnOutcomes(labels, windows, sample),
    estimate: test?.task === 'classification' ? learnEstimate(test, test) : null,
    loss: test === null || test.concept === 'off' ? null : learnLoss(test.task, test, test.concept),
  };
}

/** A discrepancy is of numbers alone. */
function isSeenBy(method: MultivariateMethod | 'off', columns: Columns): method is MultivariateMethod {
  return (
    method === 'classifier' ||
    (method === 'mmd' && Object.values(columns).some(({ kind }) => kind === 'numeric'))
  );
}

/** Undefined for a column without any value. */
function profileColumn(
  column: ColumnValues,
  windows: readonly Int32Array[],
  floor: number,
): { readonly profile: ColumnProfile; readonly distances: readonly (number | null)[] } | undefined {
  const frozen = freezeColumn(column);
  const { look } = frozen;
  if (look.nulls === look.rows) return undefined;
  const distances = windowDistances(frozen, column, windows);
  const threshold = learnThreshold(
    distances.flatMap((distance) => distance ?? []),
    floor,
  );
  const mostNulls = Math.max(look.nulls / look.rows, ...windows.map((rows) => nullShare(column, rows)));
  return { profile: { ...frozen, mostNulls, threshold }, distances };
}

function nullShare({ values }: ColumnValues, rows: Int32Array): number {
  const nulls = rows.reduce(
    (count, row) => count + Number(values[row] === null || Number.isNaN(values[row])),
    0,
  );
  return rows.length === 0 ? 0 : nulls / rows.length;
}

/** The windows, the one with the largest distance in any column first; those without any are left out. */
function furthestWindows(
  distances: readonly (readonly (number | null)[])[],
  windows: readonly Int32Array[],
): readonly Int32Array[] {
  return windows
    .map((window, ordinal) => ({
      window,
      furthest: Math.max(-1, ...distances.map((ofColumn) => ofColumn[ordinal] ?? -1)),
    }))
    .filter(({ furthest }) => furthest >= 0)
    .toSorted((a, b) => b.furthest - a.furthest)
    .map(({ window }) => window);
}

function validationOf(columns: Columns, windows: readonly Int32Array[], rows: Uint32Array) {
  const taken = takeTable(columns, rows);
  return {
    sample: keepRows(taken, Array.from(rows.keys())),
    limits: firstWindowLimits(columns, taken, windows),
  };
}
