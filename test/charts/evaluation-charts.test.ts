import { expect, it } from 'vitest';
import { evaluationCharts } from '../../charts/evaluation-charts.js';
import { evaluateTask } from '../../domain/metrics/evaluate.js';
import { classificationSplit, regressionSplit } from '../domain/metrics/made-rows.js';
import { readMarkup } from './markup.js';

const classified = evaluateTask({
  task: 'classification',
  splits: {
    train: classificationSplit(500, 1),
    validation: classificationSplit(500, 2),
    test: classificationSplit(1000, 3),
  },
  seed: 1,
});

it('draws what a classification has numbers for', () => {
  const charts = evaluationCharts(classified);
  expect(Object.keys(charts)).toEqual([
    'confusion-matrix',
    'roc-curve',
    'precision-recall-curve',
    'calibration-curve',
    'slices',
  ]);
  for (const chart of Object.values(charts)) {
    readMarkup(chart.svg);
    readMarkup(chart.table);
  }
});

it('draws slices on test alone', () => {
  expect(Object.keys(evaluationCharts(classified, 'train'))).not.toContain('slices');
});

it('draws the residuals of a regression, and nothing of a split without rows', () => {
  const empty = { label: new Float64Array(), score: new Float64Array() };
  const evaluation = evaluateTask({
    task: 'regression',
    splits: { train: regressionSplit(200, 1), validation: empty, test: regressionSplit(300, 2) },
    seed: 1,
  });
  expect(Object.keys(evaluationCharts(evaluation))).toEqual(['residual-histogram', 'slices']);
  expect(evaluationCharts(evaluation, 'validation')).toEqual({});
});
