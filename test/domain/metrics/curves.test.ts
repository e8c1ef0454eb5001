import { expect, it } from 'vitest';
import { calibrationBins, calibrationCurve } from '../../../domain/metrics/calibration.js';
import { precisionRecallCurve, rocCurve } from '../../../domain/metrics/curves.js';
import { groupByScore } from '../../../domain/metrics/score-groups.js';
import { seededRandom } from '../../../domain/stats/seeded-random.js';

const groupsOf = (label: number[], score: number[]) =>
  groupByScore(Float64Array.from(label), Float64Array.from(score));

it('a ROC curve goes from nothing to everything', () => {
  expect(rocCurve(groupsOf([0, 1, 1], [0.2, 0.2, 0.7]))).toEqual([
    { falsePositiveRate: 0, truePositiveRate: 0, threshold: null },
    { falsePositiveRate: 0, truePositiveRate: 0.5, threshold: 0.7 },
    { falsePositiveRate: 1, truePositiveRate: 1, threshold: 0.2 },
  ]);
});

it('a precision-recall curve ends where everything is recalled', () => {
  expect(precisionRecallCurve(groupsOf([0, 1, 1], [0.2, 0.2, 0.8]))).toEqual([
    { recall: 0.5, precision: 1, threshold: 0.8 },
    { recall: 1, precision: 2 / 3, threshold: 0.2 },
  ]);
});

it('curves of many rows are thinned to 200 points and keep their ends', () => {
  const random = seededRandom(2);
  const score = Array.from({ length: 5000 }, random);
  const groups = groupsOf(
    score.map((own) => (random() < own ? 1 : 0)),
    score,
  );
  const roc = rocCurve(groups);
  expect(roc).toHaveLength(200);
  expect(roc.at(-1)).toMatchObject({ falsePositiveRate: 1, truePositiveRate: 1 });
  const precisionRecall = precisionRecallCurve(groups);
  expect(precisionRecall).toHaveLength(200);
  expect(precisionRecall.at(-1)?.recall).toBe(1);
  const thresholds = precisionRecall.map((point) => point.threshold);
  expect(thresholds).toEqual([...thresholds].sort((left, right) => right - left));
});

it('calibration bins hold equally many rows and never part equal scores', () => {
  const score = Float64Array.from({ length: 1000 }, (_, row) => (row * 7919) % 1000);
  const bins = calibrationBins(score);
  for (let bin = 0; bin < 10; bin++) expect(bins.filter((own) => own === bin)).toHaveLength(100);
  const few = calibrationBins(Float64Array.of(0.1, 0.9, 0.1, 0.9, 0.1));
  expect([few[0], few[2], few[4]]).toEqual([few[0], few[0], few[0]]);
  expect(few[1]).toBe(few[3]);
});

it('a calibration curve of one score is one point, and of no rows none', () => {
  expect(calibrationCurve(Float64Array.of(1, 0), Float64Array.of(0.5, 0.5))).toEqual([
    { meanScore: 0.5, positiveRate: 0.5, rows: 2 },
  ]);
  expect(calibrationCurve(new Float64Array(), new Float64Array())).toEqual([]);
});
