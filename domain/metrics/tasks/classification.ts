import { binaryMetricNames, binaryMetrics } from '../binary-metrics.js';
import { calibrationCurve } from '../calibration.js';
import {
  checkedBlocks,
  checkedProbabilities,
  checkLength,
  checkValues,
  columnRules,
  neededColumn,
} from '../checked-columns.js';
import { confusionAt } from '../confusion.js';
import { type Curves, precisionRecallCurve, rocCurve } from '../curves.js';
import type { Finding } from '../evaluation.js';
import { allUndefined } from '../metric-value.js';
import { type ScoredRows, takeScored } from '../rows.js';
import { groupByScore, missingClass } from '../score-groups.js';
import { type Judge, noResamples, type TaskMethod } from '../task-method.js';
import { tuneThreshold } from '../tune-threshold.js';

/** Where no threshold can be tuned: the more probable class is answered. */
const defaultThreshold = 0.5;

/** Yes or no, answered with the probability of 1. The baseline says the positive rate of train to every row. */
export const classification: TaskMethod<ScoredRows> = {
  metricNames: binaryMetricNames,
  fit: { gap: 'rocAuc', gain: 'logLoss' },
  read: (input, split) => {
    const score = checkedProbabilities(neededColumn(input, 'score', split), 'score', split);
    const label = neededColumn(input, 'label', split);
    checkLength(label.length, score.length, 'label', split);
    checkValues(label, columnRules.binaryLabel, 'label', split);
    return { label, score, block: checkedBlocks(input, label.length, split) };
  },
  isLabelled: ({ label }, row) => !Number.isNaN(label[row]),
  take: takeScored,
  judge: judgeClassification,
};

function judgeClassification(train: ScoredRows, validation: ScoredRows): Judge<ScoredRows> {
  const onValidation = groupByScore(validation.label, validation.score);
  const threshold = tuneThreshold(onValidation)?.threshold ?? defaultThreshold;
  const positives = train.label.reduce((sum, label) => sum + label, 0);
  const rate = positives / train.label.length;
  return {
    threshold,
    findings: thresholdFindings(missingClass(onValidation)),
    metrics: (rows, resamples) => binaryMetrics(rows, threshold, resamples),
    baseline: (rows) => {
      if (train.label.length === 0) return allUndefined(binaryMetricNames, 'train has no labelled row');
      const constant = { ...rows, score: rows.score.map(() => rate) };
      return binaryMetrics(constant, defaultThreshold, noResamples);
    },
    pictures: ({ label, score }) =>
      label.length === 0
        ? {}
        : { confusion: confusionAt(label, score, threshold), curves: curvesOf({ label, score }) },
  };
}

function thresholdFindings(reason: string | undefined): Finding[] {
  if (!reason) return [];
  return [
    {
      kind: 'threshold',
      text: `the threshold stays at ${defaultThreshold}: it could not be tuned on validation, where ${reason}`,
      numbers: { threshold: defaultThreshold },
    },
  ];
}

function curvesOf({ label, score }: Pick<ScoredRows, 'label' | 'score'>): Curves {
  const groups = groupByScore(label, score);
  return {
    ...(missingClass(groups) ? {} : { roc: rocCurve(groups) }),
    ...(groups.positives === 0 ? {} : { precisionRecall: precisionRecallCurve(groups) }),
    calibration: calibrationCurve(label, score),
  };
}
