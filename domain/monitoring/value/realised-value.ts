import type { ValueConfig } from '../../config/value.js';
import type { EvaluationTask } from '../../metrics/evaluation.js';
import { quantiles } from '../../stats/quantile.js';
import { measurableRows } from '../measurable-rows.js';
import { type Spread, spreadOf } from './spread.js';

/** What the rows of a window were worth, of those whose truth counts. */
export interface RealisedValue {
  /** By what it was reckoned: the unit, and the worths that were declared. */
  readonly by: Omit<ValueConfig, 'costs'>;
  readonly answers: Spread;
  /** Row by row, less what the constant answer is worth. */
  readonly gain: Spread;
  /** The one answer to all rows that would have been worth most, as one knows afterwards; null without rows. */
  readonly constant: number | null;
}

export interface ValuedRows {
  /** NaN where the truth is not known, or does not count. */
  readonly labels: Float64Array;
  /** NaN where there was no answer. */
  readonly scores: Float64Array;
  /** From which score on a classification answers 1. */
  readonly threshold: number;
}

/** What one answer to one row is worth. */
type Worth = (truth: number, answer: number) => number;

/**
 * Null where it is not declared what a row of the task is worth, and where an answer is so wrong that no number holds what
 * it is worth. A row without a truth is not reckoned.
 */
export function realisedValue(
  task: EvaluationTask,
  { costs: _, ...by }: ValueConfig,
  { threshold, ...rows }: ValuedRows,
): RealisedValue | null {
  const worth = worthOf(task, by);
  if (worth === null) return null;
  const taken = measurableRows(task, rows);
  const truth = Float64Array.from(taken, (row) => rows.labels[row] ?? 0);
  const scores = Float64Array.from(taken, (row) => rows.scores[row] ?? 0);
  const isBinary = task === 'classification';
  const answer = isBinary ? scores.map((score) => Number(score >= threshold)) : scores;
  const values = truth.map((of, row) => worth(of, answer[row] ?? 0));
  const constant = bestConstant(truth, isBinary, worth);
  const gain = values.map((value, row) => value - worth(truth[row] ?? 0, constant ?? 0));
  const spreads = { answers: spreadOf(values), gain: spreadOf(gain) };
  return areFinite(spreads) ? { by, ...spreads, constant } : null;
}

function worthOf(task: EvaluationTask, { outcomes, answers }: RealisedValue['by']): Worth | null {
  if (task === 'classification' && outcomes !== undefined) {
    const { rightAlarm, falseAlarm, missed, rightSilence } = outcomes;
    return (truth, answer) => {
      if (answer === 1) return truth === 1 ? rightAlarm : falseAlarm;
      return truth === 1 ? missed : rightSilence;
    };
  }
  if (task === 'regression' && answers !== undefined)
    return (truth, answer) => answers.each + answers.perUnitOfError * Math.abs(answer - truth);
  return null;
}

/** Of equal ones the first. Of a regression the median has the least error of all constants. */
function bestConstant(truth: Float64Array, isBinary: boolean, worth: Worth): number | null {
  if (truth.length === 0) return null;
  const constants = isBinary ? [0, 1] : quantiles(truth, [0.5]);
  const sums = constants.map((constant) => truth.reduce((sum, of) => sum + worth(of, constant), 0));
  return constants[sums.indexOf(Math.max(...sums))] ?? null;
}

function areFinite({ answers, gain }: Pick<RealisedValue, 'answers' | 'gain'>): boolean {
  return [answers, gain].every(({ sum, deviation }) => Number.isFinite(sum) && Number.isFinite(deviation));
}
