import {
  type Evaluation,
  type Finding,
  type SplitEvaluation,
  type SplitName,
  splitNames,
} from './evaluation.js';
import type { EvaluationInput } from './evaluation-input.js';
import { fitFindings } from './fit-findings.js';
import { type PreparedSplit, prepareSplit } from './prepared-split.js';
import { evaluateSlices } from './slices.js';
import type { Judge, TaskMethod } from './task-method.js';
import { anomaly } from './tasks/anomaly.js';
import { classification } from './tasks/classification.js';
import { clustering } from './tasks/clustering.js';
import { multiclass } from './tasks/multiclass.js';
import { regression } from './tasks/regression.js';

/**
 * Judges a model's answers: metrics with intervals and a baseline on every split, slices of the test split, and
 * findings in words. Definitions are scikit-learn's; intervals are at 95 %. The threshold is tuned on validation and
 * the baseline fitted on train, so that nothing is learned from test. The same input gives the same result.
 *
 * @throws RatchetError `MODEL_INTERFACE` when a column that the task needs is missing, has another length, or holds
 * what is no probability, class or flag; `MODEL_RUN` when an answer is not finite; `DATA_TYPE` when a label is not
 * one of the task's
 */
export function evaluateTask(input: EvaluationInput): Evaluation {
  switch (input.task) {
    case 'classification':
      return evaluateWith(classification, input);
    case 'multiclass':
      return evaluateWith(multiclass, input);
    case 'regression':
      return evaluateWith(regression, input);
    case 'anomaly':
      return evaluateWith(anomaly, input);
    case 'clustering':
      return evaluateWith(clustering, input);
  }
}

function evaluateWith<Rows extends { readonly block: Int32Array }>(
  method: TaskMethod<Rows>,
  input: EvaluationInput,
): Evaluation {
  const prepared = bySplit((split, index) => prepareSplit(method, input, split, input.seed + index));
  const judge = method.judge(prepared.train.rows, prepared.validation.rows, input.seed);
  const splits = bySplit((split) => evaluateSplit(judge, prepared[split]));
  const sliced = evaluateSlices(method, judge, prepared.test, input.splits.test.slices, input.sliceLeast);
  return {
    task: input.task,
    ...(judge.threshold === undefined ? {} : { threshold: judge.threshold }),
    splits,
    slices: sliced.slices,
    findings: [
      ...(method.fit ? fitFindings(splits, method.fit) : []),
      ...judge.findings,
      ...splitNames.flatMap((split) => unlabelledFinding(split, splits[split])),
      ...sliced.findings,
    ],
  };
}

function bySplit<T>(of: (split: SplitName, index: number) => T): Record<SplitName, T> {
  return { train: of('train', 0), validation: of('validation', 1), test: of('test', 2) };
}

function evaluateSplit<Rows>(
  judge: Judge<Rows>,
  { rows, count, unlabelled, resamples }: PreparedSplit<Rows>,
): SplitEvaluation {
  return {
    rows: count,
    unlabelled,
    metrics: judge.metrics(rows, resamples),
    baseline: judge.baseline(rows),
    ...judge.pictures(rows),
  };
}

function unlabelledFinding(split: SplitName, { rows, unlabelled }: SplitEvaluation): Finding[] {
  if (unlabelled === 0) return [];
  return [
    {
      kind: 'unlabelled',
      text: `${unlabelled} of ${rows + unlabelled} rows of ${split} have no label and are left out`,
      numbers: { unlabelled, rows: rows + unlabelled },
    },
  ];
}
