import { type MetricValue, undefinedMetric } from '../../metrics/metric-value.js';
import { rocAucMetric } from '../../metrics/roc-auc.js';
import { groupByScore } from '../../metrics/score-groups.js';
import type { Random } from '../../stats/seeded-random.js';
import { shuffled } from '../../stats/shuffle.js';
import type { Verdict } from '../../verdict.js';
import type { DriftSample } from '../column-shift.js';
import { tooFewRows } from '../sample-rules.js';
import { type BinnedTable, binTable } from './binned-table.js';
import { boostedScores } from './boosted-scores.js';
import { sampledTable } from './sampled-table.js';

/** Whether two samples can be told apart by all columns together. */
export interface DomainClassification {
  /** `fail` is drift: the lower end of the interval lies above {@link tellsApart}. */
  readonly verdict: Verdict;
  readonly text: string;
  /** Area under the ROC curve of "is this row a current one", with its interval; about 0.5 where nothing moved. */
  readonly auroc: MetricValue;
  /** Which columns told them apart: shares of what the trees gained, largest first; they sum to 1. */
  readonly importance: readonly { readonly column: string; readonly share: number }[];
}

/** The lower end of the interval of the area that counts as drift. */
export const tellsApart = 0.55;

const folds = 5;

/** Rows of a side that are looked at; more would only narrow the interval. */
export const mostClassifierRows = 5000;

export interface ClassifierOptions {
  /** Rows of a side, at most. */
  readonly mostRows?: number;
  /** The lower end of the interval counts as drift above it, 0.5..1. */
  readonly limit?: number;
}

/**
 * Trains boosted trees to tell current rows from those of the reference, five-fold: each row is scored by trees that
 * have not seen it. Finds what no column shows alone (a correlation that broke, margins unchanged).
 *
 * The interval takes the trees as they are, so with a few hundred rows it is a little too narrow; the margin from 0.5 to
 * {@link tellsApart} makes up for it. Perfect separation has no interval and counts as told apart. Nulls are a value of their own;
 * constants and columns of nulls only say nothing.
 *
 * @param samples the columns of both sides, numbers with NaN for null or text with null
 * @param random decides which rows are drawn and how they fall into folds
 * @returns `inconclusive` with fewer than 200 rows a side, or without columns
 * @throws RangeError where the columns of a side differ in length
 * Source: Rabanser, Guennemann and Lipton, NeurIPS 2019; interval by DeLong.
 */
export function classifyDomains(
  samples: Readonly<Record<string, DriftSample>>,
  random: Random,
  { mostRows = mostClassifierRows, limit = tellsApart }: ClassifierOptions = {},
): DomainClassification {
  const sampled = sampledTable(samples, mostRows, random);
  const few = sampled.columns.length === 0 ? 'there are no columns' : tooFewRows(sampled.n, sampled.m);
  if (few !== undefined)
    return { verdict: 'inconclusive', text: few, auroc: undefinedMetric(few), importance: [] };
  const table = binTable(sampled);
  const gains = new Float64Array(table.columns);
  const scores = crossFittedScores(table, sampled.n, random, gains);
  const label = new Float64Array(table.rows).fill(1, sampled.n);
  const auroc = rocAucMetric(groupByScore(label, scores));
  return { ...judged(auroc, limit), auroc, importance: importanceOf(sampled.columns, gains) };
}

/** Each side is dealt into the folds by itself, so that all folds have its share. */
function crossFittedScores(table: BinnedTable, n: number, random: Random, gains: Float64Array): Float64Array {
  const fold = new Uint8Array(table.rows);
  for (const [from, to] of [
    [0, n],
    [n, table.rows],
  ] as const)
    shuffled(
      Uint32Array.from({ length: to - from }, (_, at) => from + at),
      random,
    ).forEach((row, place) => {
      fold[row] = place % folds;
    });
  const all = Uint32Array.from(fold, (_, row) => row);
  const scores = new Float64Array(table.rows);
  for (let held = 0; held < folds; held++) {
    const asked = all.filter((row) => fold[row] === held);
    const training = all.filter((row) => fold[row] !== held);
    const given = boostedScores(table, n, training, asked, gains);
    asked.forEach((row, at) => {
      scores[row] = given[at] ?? 0;
    });
  }
  return scores;
}

function judged(auroc: MetricValue, limit: number): Pick<DomainClassification, 'verdict' | 'text'> {
  if (auroc.kind === 'undefined') return { verdict: 'inconclusive', text: auroc.reason };
  const low = auroc.low ?? auroc.value;
  const text = `AUROC ${auroc.value.toFixed(3)}, at least ${low.toFixed(3)} (above ${Number(limit.toFixed(3))} the samples differ)`;
  return { verdict: low > limit ? 'fail' : 'pass', text };
}

function importanceOf(columns: readonly { readonly name: string }[], gains: Float64Array) {
  const total = gains.reduce((sum, gain) => sum + gain, 0);
  return columns
    .map(({ name }, at) => ({ column: name, share: total > 0 ? (gains[at] ?? 0) / total : 0 }))
    .sort((a, b) => b.share - a.share || (a.column < b.column ? -1 : 1));
}
