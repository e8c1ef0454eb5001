import type { Evaluation, SplitName } from '../domain/metrics/evaluation.js';
import { calibrationCurveSvg } from './calibration-curve.js';
import type { Chart } from './chart.js';
import { confusionMatrixSvg } from './confusion-matrix.js';
import { precisionRecallCurveSvg } from './precision-recall-curve.js';
import { residualHistogramSvg } from './residual-histogram.js';
import { rocCurveSvg } from './roc-curve.js';
import { sliceDotsSvg } from './slice-dots.js';

/** The chart that slices are drawn by, for each task that has one. */
const sliceMetric = {
  classification: 'recall',
  multiclass: 'accuracy',
  regression: 'mae',
  anomaly: 'anomalyRate',
  clustering: 'silhouette',
} as const;

/** Every chart that one split of an evaluation has numbers for, by a name that fits a file; slices are of test. */
export function evaluationCharts(
  evaluation: Evaluation,
  split: SplitName = 'test',
): Readonly<Record<string, Chart>> {
  const { confusion, curves = {}, metrics } = evaluation.splits[split];
  const { roc, precisionRecall, calibration, residuals } = curves;
  const at = { confusion, threshold: evaluation.threshold };
  const metric = sliceMetric[evaluation.task];
  return {
    ...(confusion && {
      'confusion-matrix': confusionMatrixSvg({ title: `Confusion matrix, ${split}`, confusion }),
    }),
    ...(roc && {
      'roc-curve': rocCurveSvg({ title: `ROC curve, ${split}`, points: roc, area: metrics['rocAuc'], ...at }),
    }),
    ...(precisionRecall && {
      'precision-recall-curve': precisionRecallCurveSvg({
        title: `Precision and recall, ${split}`,
        points: precisionRecall,
        area: metrics['prAuc'],
        ...at,
      }),
    }),
    ...(calibration && {
      'calibration-curve': calibrationCurveSvg({
        title: `Calibration, ${split}`,
        bins: calibration,
        error: metrics['calibrationError'],
      }),
    }),
    ...(residuals && {
      'residual-histogram': residualHistogramSvg({ title: `Residuals, ${split}`, residuals }),
    }),
    ...(split === 'test' &&
      evaluation.slices.length > 0 && {
        slices: sliceDotsSvg({
          title: `Slices by ${metric}`,
          metric,
          overall: metrics[metric],
          slices: evaluation.slices,
        }),
      }),
  };
}
