import type { Confusion } from '../domain/metrics/confusion.js';
import type { RocPoint } from '../domain/metrics/curves.js';
import type { MetricValue } from '../domain/metrics/metric-value.js';
import type { Chart } from './chart.js';
import { dataTable } from './data-table.js';
import { metricText, numberText } from './number-text.js';
import { operatingPointOf } from './operating-point.js';
import { unitSquare } from './unit-square.js';

/** A ROC curve, the area under it, and the confusion matrix at the threshold that is used. */
export interface RocCurveData {
  readonly title: string;
  readonly points: readonly RocPoint[];
  readonly area?: MetricValue | undefined;
  readonly confusion?: Confusion | undefined;
  readonly threshold?: number | undefined;
}

/** Draws a ROC curve with the diagonal of chance and the operating point. */
export function rocCurveSvg({ title, points, area, confusion, threshold }: RocCurveData): Chart {
  const curveLabel = area ? `model, area ${metricText(area)}` : 'model';
  const point = pointOf(confusion, threshold);
  return {
    svg: unitSquare({
      title,
      description: `ROC curve: true positive rate against false positive rate. ${curveLabel}.${point ? ` ${point.label}.` : ''}`,
      xLabel: 'false positive rate',
      yLabel: 'true positive rate',
      curve: points.map((own) => ({ x: own.falsePositiveRate, y: own.truePositiveRate })),
      curveLabel,
      reference: [
        { x: 0, y: 0 },
        { x: 1, y: 1 },
      ],
      referenceLabel: 'chance, area 0.5',
      ...(point ? { point } : {}),
    }),
    table: dataTable(
      title,
      ['threshold', 'false positive rate', 'true positive rate'],
      points.map((own) => [
        own.threshold === null ? 'none' : numberText(own.threshold),
        numberText(own.falsePositiveRate),
        numberText(own.truePositiveRate),
      ]),
    ),
  };
}

function pointOf(confusion: Confusion | undefined, threshold: number | undefined) {
  if (!confusion) return undefined;
  const { falsePositiveRate: x, truePositiveRate: y } = operatingPointOf(confusion);
  if (x === undefined || y === undefined) return undefined;
  const at = threshold === undefined ? '' : ` at ${numberText(threshold)}`;
  return { x, y, label: `threshold${at}: ${numberText(y)} found, ${numberText(x)} false alarms` };
}
