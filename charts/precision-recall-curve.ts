import type { Confusion } from '../domain/metrics/confusion.js';
import type { PrecisionRecallPoint } from '../domain/metrics/curves.js';
import type { MetricValue } from '../domain/metrics/metric-value.js';
import type { Chart } from './chart.js';
import { dataTable } from './data-table.js';
import { metricText, numberText } from './number-text.js';
import { operatingPointOf } from './operating-point.js';
import { unitSquare } from './unit-square.js';

/** A precision-recall curve, the area under it, and the confusion matrix at the threshold that is used. */
export interface PrecisionRecallCurveData {
  readonly title: string;
  readonly points: readonly PrecisionRecallPoint[];
  readonly area?: MetricValue | undefined;
  readonly confusion?: Confusion | undefined;
  readonly threshold?: number | undefined;
}

/** Draws a precision-recall curve with the level that a constant answer reaches and the operating point. */
export function precisionRecallCurveSvg(data: PrecisionRecallCurveData): Chart {
  const { title, points, area } = data;
  const curveLabel = area ? `model, average precision ${metricText(area)}` : 'model';
  const point = pointOf(data);
  const level = data.confusion ? operatingPointOf(data.confusion).positiveRate : undefined;
  return {
    svg: unitSquare({
      title,
      description: `Precision against recall. ${curveLabel}.${point ? ` ${point.label}.` : ''}`,
      xLabel: 'recall',
      yLabel: 'precision',
      curve: points.map((own) => ({ x: own.recall, y: own.precision })),
      curveLabel,
      reference:
        level === undefined
          ? []
          : [
              { x: 0, y: level },
              { x: 1, y: level },
            ],
      referenceLabel:
        level === undefined ? 'no rate of positive rows given' : `constant answer, ${numberText(level)}`,
      ...(point ? { point } : {}),
    }),
    table: dataTable(
      title,
      ['threshold', 'recall', 'precision'],
      points.map((own) => [numberText(own.threshold), numberText(own.recall), numberText(own.precision)]),
    ),
  };
}

function pointOf({ confusion, threshold }: PrecisionRecallCurveData) {
  if (!confusion) return undefined;
  const { truePositiveRate: x, precision: y } = operatingPointOf(confusion);
  if (x === undefined || y === undefined) return undefined;
  const at = threshold === undefined ? '' : ` at ${numberText(threshold)}`;
  return { x, y, label: `threshold${at}: recall ${numberText(x)}, precision ${numberText(y)}` };
}
